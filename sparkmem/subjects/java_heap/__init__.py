"""A Java heap: the inputs that decide it, and what the JVM makes of them; the driver's too."""
