import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

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
