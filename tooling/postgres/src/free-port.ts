import { createServer } from 'node:net';

/**
 * The first port from `wanted` on that nothing listens on at 127.0.0.1; any free one for 0.
 * @throws Error when a hundred ports in a row are taken.
 */
export async function freePort(wanted: number): Promise<number> {
  if (wanted === 0) {
    const port = await tryListen(0);
    if (port !== undefined) return port;
  }
  for (let port = wanted; port < Math.min(wanted + 100, 65_536); port += 1) {
    if ((await tryListen(port)) !== undefined) return port;
  }
  throw new Error(`no free port for PostgreSQL from ${wanted} on`);
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
