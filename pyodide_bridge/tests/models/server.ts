/** A real HTTP server on this machine that serves a release, and misbehaves when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hash, type Published } from "./release.js";

export type Fault = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

export class ReleaseServer {
  /** Paths that were asked for, with the status of the answer where it is known. */
  readonly requests: string[] = [];
  /** Answers instead of the server where it returns true. */
  fault: Fault | null = null;
  ranges = true;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  #published: Published | null = null;

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/models/`;
  }

  /** Paths asked for since the last call. */
  asked(): string[] {
    return this.requests.splice(0);
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  serve(published: Published | null): void {
    this.#published = published;
    this.fault = null;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").replace("/models/", "");
    const { range } = request.headers;
    this.requests.push(range === undefined ? path : `${path} ${range}`);
    if (this.fault?.(request, response, path)) return;
    const content = this.#published?.files.get(path);
    if (!content) {
      response.writeHead(404).end();
      return;
    }
    const etag = `"${hash(content)}"`;
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, { ETag: etag }).end();
      return;
    }
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    if (this.ranges && start > 0) {
      const last = content.byteLength - 1;
      response.writeHead(206, {
        "Content-Range": `bytes ${start}-${last}/${content.byteLength}`,
        "Content-Length": content.byteLength - start,
      });
      response.end(content.subarray(start));
      return;
    }
    response.writeHead(200, { ETag: etag, "Content-Length": content.byteLength });
    response.end(content);
  }
}
