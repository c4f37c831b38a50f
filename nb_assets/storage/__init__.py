"""What has been made, kept on disk: the history of a project and the values that its records refer to."""
