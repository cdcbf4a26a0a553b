"""What the tests stand on: real servers in temporary folders, people with devices, a judge of histories."""
