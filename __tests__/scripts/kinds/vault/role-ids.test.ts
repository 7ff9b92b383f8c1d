import { showRoleIds } from '../../../../scripts/kinds/vault/role-ids';
import { Report } from '../../../../scripts/report/report';
import { Initializer } from '../../../../scripts/session/init';
import { GOOD } from '../../../catalog/folder-of';
import { temporaryFolder } from '../../../support/catalog-folder';
import { loadedFrom } from '../../../support/loaded';
import { sessionIn } from '../../../support/session';

/** What is said of a catalog with this section `vault`, when the state of its stack holds these outputs. */
async function said(vault: string, outputs?: object): Promise<readonly string[]> {
  const loaded = loadedFrom(`${GOOD}vault: { address: 'https://10.0.2.15:8443', ${vault} }\n`);
  const state = JSON.stringify({ version: 4, outputs });
  const root = temporaryFolder(
    outputs === undefined ? {} : { 'sandbox.out/dev/state/dev-vault.tfstate': state },
  );
  const report = new Report({ json: false, color: false, level: 'warn' });
  const lines: string[] = [];
  jest.spyOn(report, 'say').mockImplementation((line = '') => lines.push(line));
  const session = sessionIn(root, { simulated: true, report });
  await showRoleIds(session, loaded, new Initializer(session));
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
