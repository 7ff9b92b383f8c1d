import { statSync } from 'node:fs';
import { join } from 'node:path';
import { NodeOnDisk } from './node-on-disk';
import { sampleContainer, sampleNode } from './sample-node';

let node: NodeOnDisk;
beforeEach(() => {
  node = new NodeOnDisk(
    sampleNode({
      container: sampleContainer({
        registry: { host: 'r.example.org', user: 'dev/user', password: 'dev/password' },
        secretEnvironment: { TOKEN: 'dev/token' },
      }),
      parts: [{ name: 'pool', secrets: [{ as: 'file', name: 'pool-token', id: 'dev/pool' }] }],
    }),
  );
});
afterEach(() => node.remove());

/** Puts this in the place of what asks the cloud. */
function cloudSecret(script: string): void {
  node.write('/usr/local/lib/kakehashi/cloud.sh', `cloud_secret() { ${script}\n}\n`);
}

const modeOf = (path: string): string => (statSync(join(node.root, path)).mode & 0o777).toString(8);

it('writes variables and files that root alone reads, and shows none', async () => {
  cloudSecret(`printf 'the %s\\n "one" $HOME\\n\\n' "$1"`);
  const { code, output } = await node.run('secrets');
  expect({ code, output }).toEqual({
    code: 0,
    output: ['REGISTRY_USER', 'REGISTRY_PASSWORD', 'TOKEN', 'pool-token']
      .map((name) => `kakehashi-secrets: fetched ${name}\n`)
      .join(''),
  });
  expect(node.read('/run/kakehashi/secrets/pool-token')).toBe('the dev/pool\n "one" $HOME\n\n');
  expect(modeOf('/run/kakehashi/secrets.env')).toBe('600');
  expect(modeOf('/run/kakehashi/secrets/pool-token')).toBe('600');
  expect(modeOf('/run/kakehashi/secrets')).toBe('700');
  const shown = await node.shell(
    '. "$run/secrets.env"; printf "%s" "$REGISTRY_USER" "$REGISTRY_PASSWORD" "$TOKEN"',
  );
  expect(shown.output).toBe(
    ['user', 'password', 'token'].map((name) => `the dev/${name}\n "one" $HOME\n\n`).join(''),
  );
});

it('tries again while the role is too young', async () => {
  cloudSecret('echo x >>"$root/tries"; [ "$(wc -l <"$root/tries")" -gt 3 ] && echo value');
  expect((await node.run('secrets')).code).toBe(0);
  expect(node.read('tries')?.length).toBe('x\n'.length * 7);
});

it('fails without a file of variables where one can not be fetched', async () => {
  cloudSecret('[ "$1" != dev/token ] && echo value');
  const { code, output } = await node.run('secrets', [], { KAKEHASHI_PAUSE: '0' });
  expect(code).toBe(1);
  expect(output).toContain('kakehashi-secrets: secret dev/token could not be fetched\n');
  expect(node.read('/run/kakehashi/secrets.env')).toBeUndefined();
});
