// Boots Python with numpy and the engine from the assets that build_runtime.py makes. The same
// code runs in the module worker and, given `fetchAsset`, in Node. See README.md for the why.

/** Fetches an asset and refuses anything but success: a 404 page must not reach the decoder. */
async function fetchOk(url, fetchAsset) {
  const response = await fetchAsset(url);
  if (response.ok) return response;
  throw new Error(`Runtime asset ${url} could not be loaded: HTTP status ${response.status}`);
}

/** The tar inside an asset. Some servers undo the gzip by themselves (Content-Encoding). */
async function fetchTar(url, fetchAsset) {
  const bytes = new Uint8Array(await (await fetchOk(url, fetchAsset)).arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Files of a ustar archive as views on its bytes: [path, bytes] (regular files only). */
export function* tarEntries(tar) {
  const text = (start, length) => {
    const end = tar.indexOf(0, start);
    return new TextDecoder().decode(tar.subarray(start, Math.min(end, start + length)));
  };
  for (let at = 0; tar[at] !== 0 && at + 512 <= tar.length; ) {
    const prefix = text(at + 345, 155);
    const size = Number.parseInt(text(at + 124, 12), 8);
    const path = (prefix ? `${prefix}/` : "") + text(at, 100);
    const start = at + 512;
    if (!(start + size <= tar.length)) throw new Error(`Runtime archive is cut off at ${path}`);
    yield [path, tar.subarray(start, start + size)];
    at = start + Math.ceil(size / 512) * 512;
  }
}

/** Writes the files of a tar below `folder`; the contents stay views, nothing is copied. */
function unpack(FS, folder, tar) {
  const made = new Set();
  for (const [path, bytes] of tarEntries(tar)) {
    const parent = `${folder}/${path.slice(0, Math.max(0, path.lastIndexOf("/")))}`;
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(`${folder}/${path}`, bytes, { canOwn: true });
  }
}

/** Compiles while streaming where the server names the type, else from the whole file. */
async function compile(url, fetchAsset) {
  const response = await fetchOk(url, fetchAsset);
  if (response.headers.get("content-type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * Links a compiled extension module now, so that `import` finds it loaded. Python's finder looks
 * for a file, Emscripten for the name in `preloadedWasm`: an empty file satisfies the first.
 */
async function linkExtension({ FS, _module }, path, module) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, new Uint8Array());
  const flags = { loadAsync: true, nodelete: true, allowUndefined: true };
  _module.preloadedWasm[path] = await _module.loadWebAssemblyModule(module, flags, path, {});
}

/** Loads everything at once, starts Python, links numpy and imports the engine. */
export async function bootRuntime(options) {
  const { runtimeUrl, onProgress = () => {}, fetchAsset = fetch, imports, ...rest } = options;
  const base = new URL(runtimeUrl);
  const asset = (name) => new URL(name, base);
  // Node's loader takes a path where the browser's takes an address.
  const place = base.protocol === "file:" ? decodeURIComponent(base.pathname) : base.href;

  const started = performance.now();
  const timings = {};
  const mark = (name) => {
    timings[name] = Math.round(performance.now() - started);
  };
  onProgress({ phase: "downloading" });

  const manifest = fetchOk(asset("runtime.json"), fetchAsset).then((response) => response.json());
  const archives = manifest.then(({ archives: names }) =>
    Promise.all(names.map((name) => fetchTar(asset(name), fetchAsset))),
  );
  const extensions = manifest.then(({ extensions: list }) =>
    Promise.all(
      list.map(async ({ file, path }) => ({
        path,
        module: await compile(asset(file), fetchAsset),
      })),
    ),
  );

  const python = import(/* @vite-ignore */ asset("pyodide.mjs").href).then(({ loadPyodide }) => {
    onProgress({ phase: "starting" });
    return loadPyodide({
      indexURL: place,
      ...rest,
      // Before Python starts, while its own files are still on their way. A failure is reported
      // by Promise.all below; thrown in here it would get lost.
      fsInit: async (FS, { sitePackages }) => {
        for (const tar of await archives.catch(() => [])) unpack(FS, sitePackages, tar);
        mark("unpacked");
      },
    });
  });
  const [pyodide, compiled, about] = await Promise.all([python, extensions, manifest, archives]);
  mark("python");

  onProgress({ phase: "loading_engine" });
  const sitePackages = pyodide.runPython("import site; site.getsitepackages()[0]");
  for (const { path, module } of compiled) {
    await linkExtension(pyodide, `${sitePackages}/${path}`, module);
  }
  mark("linked");
  for (const name of imports ?? about.imports) pyodide.pyimport(name).destroy();
  mark("imported");
  return { pyodide, manifest: about, timings };
}
