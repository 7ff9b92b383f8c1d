import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const kept = (name: string) => readFileSync(join(ROOT, '__tests__/fixtures/earlier-version', name), 'utf8');

/**
 * What the version before kinds of stacks (0.1.0 at 716ff72) applied in the sandbox, with its states and its lock file: a VPC with all that
 * the catalog can build around it, and a Vault with users.
 */
describeWith('terraform', 'an environment that the version before has applied', () => {
  const project = new Project({
    'kept/kept.yml': kept('kept.yml'),
    'sandbox.out/kept/lock.yml': kept('kept.lock.yml'),
    'sandbox.out/kept/state/kept-aws-default.tfstate': kept('kept-aws-default.state.json'),
    'sandbox.out/kept/state/kept-vault.tfstate': kept('kept-vault.state.json'),
    'sandbox.out/objects.jsonl': kept('objects.jsonl'),
  });
  const kakehashi = (...args: string[]) => project.kakehashi(...args, '--sandbox', '--catalog', 'kept');

  it('keeps its lock file with --frozen, in which stacks are called units', async () => {
    const { code, stderr } = await kakehashi('plan', 'kept', '--frozen');
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(project.read('sandbox.out/kept/lock.yml')).toBe(kept('kept.lock.yml'));
  });

  it('is planned with the updates in place that CHANGELOG lists, and with nothing else', async () => {
    const { code, stdout } = await kakehashi('plan', 'kept', '--json');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .filter(({ type }) => type === 'stack_planned');
    const none = { create: 0, update: 0, replace: 0, delete: 0, import: 0, forget: 0, drift: 0 };
    expect(events).toMatchObject([
      {
        ...none,
        stack: 'kept-vault',
        update: 1,
        sentences: [
          'Vault http://127.0.0.1:8200: changed in place: policy kept-super-fullaccess',
          'policy kept-super-fullaccess loses update on auth/token/create/+',
        ],
      },
      // One output-only change: the output `site` is new.
      {
        ...none,
        stack: 'kept-aws-default',
        changes: true,
        sentences: ['no resource changes, only outputs: site'],
      },
    ]);
    expect(code).toBe(2);
  });

  it('has the new names in its lock file after a plan, and nothing else changed in it', () => {
    const renamed = kept('kept.lock.yml')
      .replace('changes: units whose states exist', 'changes: its stacks')
      .replace(/^units:/m, 'stacks:');
    expect(project.read('sandbox.out/kept/lock.yml')).toBe(renamed);
  });

  it('publishes the same entries', async () => {
    expect((await kakehashi('apply', 'kept', '--yes')).code).toBe(0);
    expect(project.read('sandbox.out/kept/vpn_catalog.yml')).toBe(kept('vpn_catalog.yml'));
    expect((await kakehashi('plan', 'kept')).code).toBe(0);
  });
});
