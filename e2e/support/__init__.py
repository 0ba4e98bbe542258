"""What the end-to-end tests share: the server, the guard, the page's objects, inputs."""
