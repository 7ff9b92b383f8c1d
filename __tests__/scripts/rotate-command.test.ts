import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { takePidLock } from '../../base/pid-lock';
import { ScriptedProject, TWO_NETWORKS } from '../support/scripted-terraform';

jest.setTimeout(30_000);

describe('kakehashi gateway rotate, before it asks anybody anything', () => {
  let project: ScriptedProject;
  afterEach(() => project.remove());

  /** What it says of a tunnel of `aws/one`; Terraform is never called. */
  async function refused(gateway: string, prepare: () => void = () => undefined): Promise<string> {
    project = new ScriptedProject(TWO_NETWORKS.replace('  asn: 65000\n', `  asn: 65000\n  ${gateway}\n`));
    project.play();
    prepare();
    const args = ['gateway', 'rotate', 'dev', 'aws/one', '--tunnel', '169.254.100.0/30', '--yes'];
    const { code, stderr } = await project.run(...args);
    expect({ code, commands: project.commands }).toEqual({ code: 1, commands: [] });
    return stderr;
  }

  test('refuses beside another rotation at the same gateway, of whatever environment', async () => {
    let release: (() => void) | undefined;
    const stderr = await refused('', () => {
      mkdirSync(path.join(project.folder, 'out/gateway'), { recursive: true });
      const lock = takePidLock(path.join(project.folder, 'out/gateway/.198.51.100.10.rotate.lock'));
      release = () => lock.release();
    });
    release?.();
    expect(stderr).toBe(
      `kakehashi: another run works on a rotation at the gateway 198.51.100.10 (process ${process.pid}); wait for it to end\n`,
    );
  });

  test('refuses where nothing is applied yet', async () => {
    expect(await refused('')).toBe('kakehashi: dev/aws/one: not applied yet: there is no key to rotate\n');
  });

  test('refuses where the gateway reads its keys at a place in which nobody stores the new one', async () => {
    expect(await refused('gateway: { key_reference: file:///etc/kakehashi/keys }')).toBe(
      'kakehashi: site.gateway.key_reference: the gateway reads its keys at file:///etc/kakehashi/keys, where kakehashi stores none; to rotate, name the same folder as vault.preshared_keys, or let the files hold the keys\n',
    );
  });
});
