/** Answers a `file:` address as a web server would, type included; 404 where there is none. */
export function fetchFile(url: URL): Promise<Response>;
