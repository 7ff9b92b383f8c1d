import { AZURE_RIGHTS } from '../../../../scripts/kinds/azure/rights/azure-rights';
import type { AskCloud, AskedCloud, RightsVerdict } from '../../../../scripts/kinds/rights';
import { TerraformError } from '../../../../terraform/terraform';

const SUBSCRIPTION = '/subscriptions/12345678-1234-9876-4563-123456789012';
const ME = '00000000-0000-0000-0000-00000000000a';
const READ = 'Microsoft.Network/virtualNetworks/read';
const WRITE = 'Microsoft.Network/virtualNetworks/write';

interface Assigned {
  readonly role: string;
  readonly scope?: string;
  readonly principal?: string;
  readonly type?: string;
  readonly condition?: string;
}

interface Granted {
  readonly actions?: readonly string[];
  readonly not_actions?: readonly string[];
  readonly data_actions?: readonly string[];
}

function someone(assigned: readonly Assigned[], roles: Readonly<Record<string, Granted>>) {
  const asked: AskedCloud[] = [];
  const ask: AskCloud = async (one) => {
    asked.push(one);
    const { azurerm_role_definition: definitions } = one.data;
    if (definitions !== undefined)
      return Object.fromEntries(
        Object.entries(definitions).map(([name, { role_definition_id: id }]) => [name, [roles[String(id)]]]),
      );
    return {
      login: ME,
      subscription: SUBSCRIPTION,
      assignments: assigned.map(
        ({ role, scope = SUBSCRIPTION, principal = ME, type = 'User', condition = '' }) => ({
          principal_id: principal,
          principal_type: type,
          role_definition_id: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
          role_assignment_scope: scope,
          condition,
        }),
      ),
    };
  };
  return { ask, asked };
}

async function checked(...args: Parameters<typeof someone>): Promise<RightsVerdict> {
  const { ask } = someone(...args);
  const provider = { subscription_id: SUBSCRIPTION.replace('/subscriptions/', '') };
  const [verdict] = await AZURE_RIGHTS.check({
    environment: 'dev',
    purpose: 'plan',
    needs: [{ type: 'azurerm_virtual_network', values: {}, provider, actions: [READ, WRITE] }],
    states: [],
    ask,
  });
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

const missing = ({ missing: all }: RightsVerdict) => all.map(({ right }) => right);
const ALL = { actions: ['*'] };

test.each<[string, Granted]>([
  ['Owner', ALL],
  [
    'a role with wildcards, in another case',
    { actions: ['microsoft.network/*', 'Microsoft.Resources/*/read'] },
  ],
])('all is there with %s', async (_, role) => {
  const verdict = await checked([{ role: 'r' }], { r: role });
  expect(verdict).toMatchObject({ subject: `Azure, ${SUBSCRIPTION}`, allowed: 4, missing: [], unknown: [] });
});

test.each<[string, Granted, readonly string[]]>([
  ['reads alone', { actions: ['*/read'] }, [WRITE]],
  ['what it leaves out', { actions: ['*'], not_actions: ['Microsoft.Network/*/Write'] }, [WRITE]],
  ['what grants on data', { actions: ['*/read'], data_actions: ['*'] }, [WRITE]],
])('a role lacks: %s', async (_, role, expected) => {
  expect(missing(await checked([{ role: 'r' }], { r: role }))).toEqual(expected);
});

test('what one role leaves out, another one may grant', async () => {
  const roles = { r: { actions: ['*'], not_actions: [WRITE] }, s: { actions: [WRITE] } };
  expect(missing(await checked([{ role: 'r' }, { role: 's' }], roles))).toEqual([]);
});

test.each<[string, Assigned]>([
  ['a group', { role: 'r', principal: 'g', type: 'Group' }],
  ['a part of the subscription', { role: 'r', scope: `${SUBSCRIPTION}/resourceGroups/a` }],
  ['a condition', { role: 'r', condition: "@Resource[x] == 'y'" }],
])('what only a role of %s grants is not known', async (_, assigned) => {
  const verdict = await checked([assigned], { r: ALL });
  expect(verdict).toMatchObject({
    allowed: 0,
    missing: [],
    unknown: [expect.stringMatching(/^only a role of a group/)],
  });
});

test("another's role grants nothing", async () => {
  expect(missing(await checked([{ role: 'r', principal: 'other' }], { r: ALL }))).toHaveLength(4);
});

test('a role above the subscription holds in it', async () => {
  const scope = '/providers/Microsoft.Management/managementGroups/all';
  expect(missing(await checked([{ role: 'r', scope }], { r: ALL }))).toEqual([]);
});

test('the login may not read roles: nothing is missing', async () => {
  const detail = 'unexpected status 403 (403 Forbidden) with error: AuthorizationFailed: no';
  const diagnostics = [
    { severity: 'error', summary: 'listing', detail, address: 'data.azurerm_role_assignments.rights' },
  ];
  const ask: AskCloud = async () => {
    throw new TerraformError('terraform plan failed', [], 'exited', 1, [], diagnostics, []);
  };
  const needs = [{ type: 'x', values: {}, provider: {}, actions: [READ] }];
  const verdicts = await AZURE_RIGHTS.check({ environment: 'dev', purpose: 'plan', needs, states: [], ask });
  expect(verdicts).toMatchObject([
    {
      missing: [],
      unknown: [expect.stringMatching(/^the login may not read roles \(Microsoft\.Authorization/)],
    },
  ]);
});

test('states in another subscription are asked for there', async () => {
  const { ask, asked } = someone([{ role: 'r' }], { r: ALL });
  const provider = { subscription_id: 'a' };
  const verdicts = await AZURE_RIGHTS.check({
    environment: 'dev',
    purpose: 'plan',
    needs: [{ type: 'x', values: {}, provider, actions: [READ] }],
    states: [{ subscription_id: 'b', use_azuread_auth: true }],
    ask,
  });
  expect(verdicts.map(({ subject }) => subject)).toEqual([
    'Azure, /subscriptions/a',
    'Azure, /subscriptions/b',
  ]);
  expect(asked.flatMap(({ data }) => data.azurerm_role_assignments?.rights?.scope ?? [])).toEqual([
    '/subscriptions/a',
    '/subscriptions/b',
  ]);
});
