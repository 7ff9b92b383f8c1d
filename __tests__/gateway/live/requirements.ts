import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from '../../support/programs';
import { TOOLS, UnpackedRelease } from '../unpacked-release';

/** Why a small world can't be made on this machine; undefined where it can. */
export function missingForNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  for (const name of ['bookworm', 'trixie'] as const) {
    if (!new UnpackedRelease(name).isThere)
      return `Debian's ${name} is not unpacked: run .ci/install-gateway-tools`;
  }
  const tried = spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true'], { timeout: 10_000 });
  if (tried.status !== 0) return 'namespaces are refused here';
  return existsSync('/dev/net/tun') ? undefined : 'no /dev/net/tun';
}

/** Why the machine with Debian's kernel can't be started here. */
export function missingForMachine(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  for (const program of ['qemu-system-x86_64', 'busybox', 'modprobe']) {
    if (!hasProgram(program)) return `${program} is not installed: run .ci/install-gateway-tools`;
  }
  for (const part of ['bookworm', 'trixie', 'linux-image-amd64']) {
    if (!existsSync(join(TOOLS, part, '.complete')))
      return `${part} is not unpacked: run .ci/install-gateway-tools`;
  }
  return undefined;
}

/** `describe`, or a skip with a line that says what is missing; with `REQUIRE_TOOLS=1` a failure. */
export function describeUnless(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) {
    describe(name, tests);
  } else if (process.env.REQUIRE_TOOLS === '1') {
    describe(name, () => {
      it('has what it needs', () => {
        throw new Error(`${missing}, and REQUIRE_TOOLS=1 asks for it`);
      });
    });
  } else {
    describe.skip(`${name} (skipped: ${missing})`, tests);
  }
}
