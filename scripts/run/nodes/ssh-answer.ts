import { connect } from 'node:net';

/** What a port says: an SSH server; that nothing listens; or nothing at all, which may be the way to it. */
export type SshAnswer = 'ssh' | 'closed' | 'unreachable';

/** Every SSH server begins with its version (RFC 4253, section 4.2). */
const BANNER = /^SSH-/m;

/** Errors by which a host that is up says that nothing listens there. */
const CLOSED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/** Asks whether an SSH server answers. It never throws. @param seconds - how long it is waited for */
export function askSsh(
  address: string,
  port: number,
  seconds: number,
  stop: AbortSignal,
): Promise<SshAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    let isConnected = false;
    let text = '';
    const end = (answer: SshAnswer) => {
      stop.removeEventListener('abort', onStop);
      socket.destroy();
      resolve(answer);
    };
    const onStop = () => end('unreachable');
    stop.addEventListener('abort', onStop);
    socket.setTimeout(seconds * 1000, () => end(isConnected ? 'closed' : 'unreachable'));
    socket.on('connect', () => {
      isConnected = true;
    });
    socket.on('data', (chunk) => {
      text = (text + chunk.toString('latin1')).slice(0, 1000);
      if (BANNER.test(text)) end('ssh');
    });
    socket.on('end', () => end('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(isConnected || CLOSED.has(error.code ?? '') ? 'closed' : 'unreachable'),
    );
  });
}
