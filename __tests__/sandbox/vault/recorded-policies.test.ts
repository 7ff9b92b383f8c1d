import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../model/vault/policy';
import { formatPolicy } from '../../../model/vault/policy-text';
import { VaultUnderTest } from './vault-caller';

jest.setTimeout(60_000);

/** Recorded from OpenBao 2.6.2. */
interface RecordedCase {
  readonly policies: readonly Policy[];
  readonly answers?: Readonly<Record<string, readonly string[]>>;
  readonly refused?: readonly string[];
}

const CASES: readonly RecordedCase[] = JSON.parse(
  readFileSync(join(__dirname, '../../model/vault-policies.golden.json'), 'utf8'),
);

let vault: VaultUnderTest;
beforeAll(async () => {
  vault = await VaultUnderTest.start();
});
afterAll(() => vault.close());

/** Writes the policies; what was refused. */
async function write(policies: readonly Policy[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const [index, policy] of policies.entries()) {
    const { status, body } = await vault.call('PUT', `sys/policies/acl/p${index}`, {
      policy: formatPolicy(policy),
    });
    if (status !== 204) refused.push(...body.errors);
  }
  return refused;
}

it('answers every recorded question about capabilities over HTTP as the real server did', async () => {
  let asked = 0;
  for (const { policies, answers } of CASES.filter((one) => one.answers !== undefined)) {
    expect(await write(policies)).toEqual([]);
    const names = policies.map((_, index) => `p${index}`);
    const token = await vault.token(names);
    const paths = Object.keys(answers ?? {});
    const { body } = await vault.call('POST', 'sys/capabilities', { token, paths });
    expect(Object.fromEntries(paths.map((path) => [path, body.data[path]]))).toEqual(answers);
    asked += paths.length;
  }
  expect(asked).toBe(1745);
});

it('refuses every policy that the real server refused, in its words', async () => {
  const refused = CASES.filter((one) => one.refused !== undefined);
  expect(refused).toHaveLength(24);
  for (const one of refused) expect(await write(one.policies)).toEqual(one.refused);
});
