import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Where `.ci/install-gateway-tools` unpacks the packages of other releases. */
export const TOOLS =
  process.env.KAKEHASHI_TOOLS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kakehashi-gateway-tools');

/** A Debian release that is unpacked aside; its programs run in it by chroot, in namespaces of their own. */
export class UnpackedRelease {
  constructor(readonly name: 'bookworm' | 'trixie') {}

  get root(): string {
    return join(TOOLS, this.name);
  }

  get isThere(): boolean {
    return existsSync(join(this.root, '.complete')) && process.getuid?.() === 0;
  }

  /** Runs a shell script with a new folder of the root as its working directory, which `fill` may put files into. */
  run(fill: (folder: string) => void, script: string): { status: number | null; output: string } {
    const folder = mkdtempSync(join(this.root, 'tmp', 'kakehashi-'));
    try {
      fill(folder);
      const enter =
        'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && mount -t tmpfs run "$0/run" && exec chroot "$0" /bin/sh -c "$1"';
      const inside = `cd /tmp/${basename(folder)} && ${script}`;
      const done = spawnSync('unshare', ['-mn', 'sh', '-c', enter, this.root, inside], {
        encoding: 'utf8',
        timeout: 60_000,
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      });
      return { status: done.status, output: `${done.stdout}${done.stderr}` };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** `describe`, or a skip that says what is missing; with `REQUIRE_TOOLS=1` a failure. */
  describe(name: string, tests: () => void): void {
    if (this.isThere) {
      describe(name, tests);
    } else if (process.env.REQUIRE_TOOLS === '1') {
      describe(name, () => {
        it(`needs ${this.name}`, () => {
          throw new Error(`Debian's ${this.name} is not unpacked; run .ci/install-gateway-tools as root`);
        });
      });
    } else {
      describe.skip(`${name} (skipped: .ci/install-gateway-tools was not run)`, tests);
    }
  }
}
