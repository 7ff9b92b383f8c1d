import { setTimeout as wait } from 'node:timers/promises';
import { hostEnvironment, inOwnNetwork } from '../../base/ask-program';
import type { CheckBench } from './bench';

/**
 * Only what charon needs to check a configuration and to talk to swanctl. It does not start without sockets; they get any free
 * port, because another charon may use port 500. Plugins that are built into one version are files in another: charon
 * logs those that it does not find, and goes on.
 */
const configuration = (socket: string): string => `charon-systemd {
  port = 0
  port_nat_t = 0
  load = random nonce openssl aes sha1 sha2 hmac kdf gmp vici kernel-netlink socket-default
  plugins {
    vici {
      socket = ${socket}
    }
  }
  filelog {
    stderr {
      default = 1
    }
  }
}
swanctl {
  load = random openssl
}
`;

/** A charon that was started for a check. */
export interface PrivateCharon {
  readonly uri: string;
  /** The environment for swanctl, with charon's `STRONGSWAN_CONF`. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts charon, lets `use` talk to it, and ends it. It runs in a network of its own, from which nothing leaves: otherwise it would
 * start connections with `start_action = start` from here to the real cloud.
 *
 * @returns what `use` returns, or the lines that charon printed where it could not be started
 */
export async function withPrivateCharon<T>(
  bench: CheckBench,
  use: (charon: PrivateCharon) => Promise<T>,
): Promise<T | readonly string[]> {
  const uri = `unix://${bench.scratch}/charon.vici`;
  const env = { ...hostEnvironment(), STRONGSWAN_CONF: bench.put('strongswan.conf', configuration(uri)) };
  const ending = new AbortController();
  const lines: string[] = [];
  let isRunning = true;
  const [command, args] = inOwnNetwork('charon-systemd', []);
  const running = bench.processes
    .run({
      command,
      args,
      cwd: bench.scratch,
      env,
      expendable: true,
      signal: ending.signal,
      onLine: (line) => lines.push(line),
    })
    .then(({ kind }) => {
      isRunning = false;
      if (kind === 'spawn-failed') lines.push('unshare (util-linux) is not installed here');
    });
  try {
    for (let tries = 0; tries < 50 && isRunning; tries += 1) {
      const answer = await bench.ask('swanctl', ['--stats', '--uri', uri], { env, seconds: 5 });
      if (answer.exitCode === 0) return await use({ uri, env });
      await wait(100);
    }
    return lines.length > 0 ? lines : ['it did not answer within 5 seconds'];
  } finally {
    ending.abort();
    await running;
  }
}
