"""The containers of an application: settings and inputs, how they are read, who is asked, a container in words."""
