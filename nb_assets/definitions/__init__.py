"""What an asset is: keys, specs, decorators and the registry that holds them. Nothing here runs one."""
