"""The services as the engine calls them: state and request in, response out."""
