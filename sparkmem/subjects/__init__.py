"""What two or more calculators share, a room for each subject: inputs, how they are read, words for what they come to."""
