"""The Lambda functions of the template: code, layers, settings, role, network and log group."""
