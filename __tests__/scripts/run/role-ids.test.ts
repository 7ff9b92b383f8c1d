import { showRoleIds } from '../../../scripts/run/role-ids';
import type { Initializer } from '../../../scripts/session/init';
import type { Session } from '../../../scripts/session/session';
import { GOOD, tryLoad } from '../../catalog/folder-of';
import { temporaryFolder } from '../../support/catalog-folder';

/** What is said of a catalog with this section `vault`, when the state of its stack holds these outputs. */
async function said(vault: string, outputs?: object): Promise<readonly string[]> {
  const { loaded } = tryLoad({
    'dev.yml': `${GOOD}vault: { address: 'https://10.0.2.15:8443', ${vault} }\n`,
  });
  if (loaded === undefined) throw new Error('the catalog is wrong');
  const states = temporaryFolder(
    outputs === undefined ? {} : { 'dev-vault.tfstate': JSON.stringify({ version: 4, outputs }) },
  );
  const lines: string[] = [];
  const report = { say: (line = '') => lines.push(line) };
  const session = { simulated: true, folders: { states }, report } as unknown as Session;
  await showRoleIds(session, loaded, {} as Initializer);
  return lines;
}

const APPROLES =
  'approles: { ci: { policies: [other], create: {} }, night: { policies: [other], create: {} } }';

test('the role ids are said, in the order of the catalog', async () => {
  const outputs = { role_ids: { value: { night: '2-b', ci: '1-a', gone: '3-c' } } };
  expect(await said(APPROLES, outputs)).toEqual([
    '\nvault     AppRole ci: role_id 1-a\n          AppRole night: role_id 2-b',
  ]);
});

test('nothing is said of AppRoles that exist already, nor of a stack that is not applied', async () => {
  expect(await said('approles: { ci: { policies: [other] } }')).toEqual([]);
  expect(await said('approles: { ci: { policies: [other] } }, mounts: { m: { create: {} } }', {})).toEqual(
    [],
  );
  expect(await said(APPROLES)).toEqual([]);
  expect(await said(APPROLES, {})).toEqual([]);
});
