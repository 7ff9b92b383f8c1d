import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SecretReference } from '../../../../model/vault/secret-reference';
import { azurePlanVariables, givenKeys } from '../../../../scripts/kinds/azure-network/plan-variables';
import type { Planning } from '../../../../scripts/kinds/kind';
import { Initializer } from '../../../../scripts/session/init';
import type { Session } from '../../../../scripts/session/session';
import type { Vaults } from '../../../../scripts/session/vaults';
import { VaultError, type VaultErrorCode } from '../../../../vault/vault-error';
import { sessionIn } from '../../../support/session';
import {
  type AzureParts,
  azureEnvironment,
  azureNetwork,
  BLOCK,
  connectionAt,
  OTHER_BLOCK,
} from './azure-stack';

const APPLIED = 'AppliedAppliedAppliedAppliedAppl';
const GIVEN = 'GivenGivenGivenGivenGivenGivenGi';
const STORED = 'StoredStoredStoredStoredStoredSt';
const REMOTE = { type: 's3', prefix: 'p', settings: {} } as const;

describe('the pre-shared keys of a plan on Azure', () => {
  let root: string;
  let notes: string[];
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kakehashi-keys-'));
    notes = [];
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const keyFile = () => path.join(root, 'state/dev/keys/preshared-keys.json');
  const kept = (): unknown => JSON.parse(readFileSync(keyFile(), 'utf8'));

  function planning(
    parts: AzureParts = {},
    more: Partial<Planning<'azure-network'>> & { session?: Session } = {},
  ) {
    const session = more.session ?? sessionIn(root, { variables: {} });
    jest.spyOn(session.report, 'note').mockImplementation((level, text) => {
      notes.push(`${level}: ${text}`);
    });
    const { loaded, stack } = azureEnvironment(parts);
    const own: Planning<'azure-network'> = {
      session,
      initializer: new Initializer(session),
      loaded,
      stack,
      destroy: false,
      newKeys: {},
      ...more,
    };
    return own;
  }

  async function keysFor(
    parts: AzureParts = {},
    more: Partial<Planning<'azure-network'>> & { session?: Session } = {},
  ): Promise<Record<string, string>> {
    const { TF_VAR_preshared_keys: text = '' } = await azurePlanVariables(planning(parts, more));
    return JSON.parse(text) as Record<string, string>;
  }

  /** A state of the stack on this disk. */
  function applied(outputs: object, connections: readonly string[] = []): void {
    mkdirSync(path.join(root, 'state/dev'), { recursive: true });
    const state = {
      version: 4,
      outputs: { tunnel_keys: { value: outputs } },
      resources: connections.map((key, index) => ({
        mode: 'managed',
        type: 'azurerm_virtual_network_gateway_connection',
        name: `c${index}`,
        instances: [{ attributes: { shared_key: key } }],
      })),
    };
    writeFileSync(path.join(root, 'state/dev/dev-azure-default.tfstate'), JSON.stringify(state));
  }

  /** A session whose Terraform answers `state pull` and `output` with these. */
  function remote(answers: { state?: string; keys?: unknown; refreshed?: readonly string[] }): Session {
    const session = sessionIn(root, { variables: {} });
    jest.spyOn(session.terraform, 'pullState').mockResolvedValue(answers.state ?? '');
    jest.spyOn(session.terraform, 'output').mockResolvedValue(answers.keys);
    jest.spyOn(session.terraform, 'init').mockResolvedValue();
    jest.spyOn(session.terraform, 'plan').mockResolvedValue();
    jest.spyOn(session.terraform, 'show').mockResolvedValue(
      JSON.stringify({
        prior_state: {
          values: {
            root_module: {
              resources: (answers.refreshed ?? []).map((shared_key) => ({
                type: 'azurerm_virtual_network_gateway_connection',
                values: { shared_key },
              })),
            },
          },
        },
      }),
    );
    const folder = path.join(root, session.folders.out, 'stacks/dev-azure-default');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'cdk.tf.json'), '{"terraform":{}}');
    return session;
  }

  test('are made once: 32 letters and digits, a letter first, in a private file that is not committed', async () => {
    const first = await keysFor();
    expect(first).toEqual({ [BLOCK]: expect.stringMatching(/^[A-Za-z][A-Za-z0-9]{31}$/) });
    expect(await keysFor()).toEqual(first);
    expect(kept()).toEqual({ 'azure/default': first });
    expect((statSync(keyFile()).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(path.dirname(keyFile())).mode & 0o777).toString(8)).toBe('700');
    expect(readFileSync(path.join(path.dirname(keyFile()), '.gitignore'), 'utf8')).toMatch(/^\*$/m);
    expect(readdirSync(path.dirname(keyFile())).sort()).toEqual(['.gitignore', 'preshared-keys.json']);
    expect(notes).toEqual([]);
  });

  test('are masked in everything that is shown', async () => {
    const session = sessionIn(root, { variables: {} });
    const { [BLOCK]: key = '' } = await keysFor({}, { session });
    expect(session.report.log.masks.mask(`psk ${key}!`)).toBe('psk (sensitive)!');
  });

  test('are one for each connection', async () => {
    const vpn = azureNetwork().vpn;
    if (vpn === undefined) throw new Error('it has no VPN');
    const network = azureNetwork({
      vpn: { ...vpn, connections: [connectionAt('east'), connectionAt('west')] },
    });
    const keys = await keysFor({
      network,
      allocations: { 'azure/default@east': {}, 'azure/default@west': {} },
    });
    expect(Object.keys(keys)).toEqual([BLOCK, OTHER_BLOCK]);
    expect(keys[BLOCK]).not.toBe(keys[OTHER_BLOCK]);
  });

  test('are none for a network without a VPN, and for a stack that is gone: nothing is written', async () => {
    const { vpn: _, ...network } = azureNetwork();
    expect(await azurePlanVariables(planning({ network }))).toEqual({});
    const own = planning();
    const { network: __, ...stack } = own.stack;
    expect(await azurePlanVariables({ ...own, stack: { ...stack, gone: true } })).toEqual({});
    expect(existsSync(keyFile())).toBe(false);
  });

  test('of what is applied come from the state; a lost file is said and written again', async () => {
    applied({ [BLOCK]: APPLIED });
    expect(await keysFor()).toEqual({ [BLOCK]: APPLIED });
    expect(kept()).toEqual({ 'azure/default': { [BLOCK]: APPLIED } });
    expect(notes).toEqual([
      `info: ${path.relative(process.cwd(), keyFile()).startsWith('../..') ? keyFile() : path.relative(process.cwd(), keyFile())}: takes the key of azure/default from the state, where it is applied`,
    ]);
    notes = [];
    expect(await keysFor()).toEqual({ [BLOCK]: APPLIED });
    expect(notes).toEqual([]);
  });

  test('that are applied win over another one in the file, so that no plan changes a key by itself', async () => {
    await keysFor();
    applied({ [BLOCK]: APPLIED });
    expect(await keysFor()).toEqual({ [BLOCK]: APPLIED });
    expect(kept()).toEqual({ 'azure/default': { [BLOCK]: APPLIED } });
  });

  test("are found in the output also by a tunnel's own address", async () => {
    applied({ '169.254.21.2/32': APPLIED, '169.254.21.3/32': APPLIED });
    expect(await keysFor()).toEqual({ [BLOCK]: APPLIED });
  });

  test('of a remote state need no file: a pipeline makes none', async () => {
    const session = remote({ keys: { [BLOCK]: APPLIED } });
    expect(await keysFor({ backend: REMOTE }, { session })).toEqual({ [BLOCK]: APPLIED });
    expect(existsSync(keyFile())).toBe(false);
    expect(session.terraform.pullState).not.toHaveBeenCalled();
  });

  test('of a remote state in which nothing is are made and kept', async () => {
    const session = remote({});
    const keys = await keysFor({ backend: REMOTE }, { session });
    expect(kept()).toEqual({ 'azure/default': keys });
  });

  test('of an apply that was stopped before its outputs come from the connection in the state', async () => {
    const resources = [
      { mode: 'managed', type: 'azurerm_virtual_network', instances: [{ attributes: {} }] },
      {
        mode: 'managed',
        type: 'azurerm_virtual_network_gateway_connection',
        instances: [{ attributes: { shared_key: APPLIED } }],
      },
    ];
    const session = remote({ state: JSON.stringify({ version: 4, resources }) });
    expect(await keysFor({ backend: REMOTE }, { session })).toEqual({ [BLOCK]: APPLIED });
  });

  test('of such an apply are refused where it is not known whose key it is; no key is in the message', async () => {
    const vpn = azureNetwork().vpn;
    if (vpn === undefined) throw new Error('it has no VPN');
    const network = azureNetwork({
      vpn: { ...vpn, connections: [connectionAt('east'), connectionAt('west')] },
    });
    const resources = [
      {
        mode: 'managed',
        type: 'azurerm_virtual_network_gateway_connection',
        instances: [{ attributes: { shared_key: APPLIED } }],
      },
    ];
    const session = remote({ state: JSON.stringify({ version: 4, resources }) });
    const allocations = { 'azure/default@east': {}, 'azure/default@west': {} };
    const asked = keysFor({ backend: REMOTE, network, allocations }, { session });
    await expect(asked).rejects.toThrow(
      /^dev\/azure\/default@east: its connection may exist, and its pre-shared key is neither in .*preshared-keys\.json nor in the output tunnel_keys: a new one would end its tunnels/,
    );
    await expect(asked).rejects.not.toThrow(APPLIED);
    const asks = (name: string) =>
      `$(az network vpn-connection shared-key show --resource-group dev-default --connection-name dev-azure-default-${name} --query value --output tsv)`;
    await expect(asked).rejects.toThrow(
      `export TF_VAR_preshared_keys="{\\"${BLOCK}\\":\\"${asks('east')}\\",\\"${OTHER_BLOCK}\\":\\"${asks('west')}\\"}"`,
    );
    expect(existsSync(keyFile())).toBe(false);
    // What is destroyed needs no key that fits.
    const destroyed = await keysFor({ backend: REMOTE, network, allocations }, { session, destroy: true });
    expect(Object.keys(destroyed)).toEqual([BLOCK, OTHER_BLOCK]);
    expect(existsSync(keyFile())).toBe(false);
  });

  const TWO = { 'azure/default@east': {}, 'azure/default@west': {} };
  function twoConnections() {
    const vpn = azureNetwork().vpn;
    if (vpn === undefined) throw new Error('it has no VPN');
    return azureNetwork({ vpn: { ...vpn, connections: [connectionAt('east'), connectionAt('west')] } });
  }

  const stateWith = (...keys: readonly string[]) =>
    JSON.stringify({
      version: 4,
      resources: keys.map((shared_key) => ({
        mode: 'managed',
        type: 'azurerm_virtual_network_gateway_connection',
        instances: [{ attributes: { shared_key } }],
      })),
    });

  test('of a gateway that the site gets are made: the connection that is there is of another', async () => {
    const session = remote({ keys: { [BLOCK]: APPLIED }, state: stateWith(APPLIED) });
    const asked = { backend: REMOTE, network: twoConnections(), allocations: TWO };
    const keys = await keysFor(asked, { session });
    expect(keys).toEqual({ [BLOCK]: APPLIED, [OTHER_BLOCK]: expect.stringMatching(/^[A-Za-z0-9]{32}$/) });
    expect(keys[OTHER_BLOCK]).not.toBe(APPLIED);
  });

  test('of gateways that take the place of a former one are made, all of them', async () => {
    const session = remote({ keys: { '169.254.22.0/29': APPLIED }, state: stateWith(APPLIED) });
    const keys = await keysFor({ backend: REMOTE, network: twoConnections(), allocations: TWO }, { session });
    expect(Object.keys(keys)).toEqual([BLOCK, OTHER_BLOCK]);
    expect(Object.values(keys)).not.toContain(APPLIED);
  });

  test('of a further gateway whose apply was stopped come from the connection that no output has', async () => {
    const session = remote({ keys: { [BLOCK]: GIVEN }, state: stateWith(GIVEN, APPLIED) });
    const asked = { backend: REMOTE, network: twoConnections(), allocations: TWO };
    expect(await keysFor(asked, { session })).toEqual({ [BLOCK]: GIVEN, [OTHER_BLOCK]: APPLIED });
  });

  test("of the user's own variable win, and others are added to them", async () => {
    applied({ [BLOCK]: APPLIED });
    const variables = { TF_VAR_preshared_keys: `{"${BLOCK}":"${GIVEN}"}` };
    expect(await keysFor({}, { session: sessionIn(root, { variables }) })).toEqual({ [BLOCK]: GIVEN });
    expect(kept()).toEqual({ 'azure/default': { [BLOCK]: APPLIED } });
    const other = { TF_VAR_preshared_keys: `{ "${OTHER_BLOCK}" = "${GIVEN}" }` };
    expect(await keysFor({}, { session: sessionIn(root, { variables: other }) })).toEqual({
      [BLOCK]: APPLIED,
    });
  });

  test.each([
    ['json', `{"a/29":"x","b/29": "y"}`],
    ['the form of Terraform', `{ "a/29" = "x", "b/29" = "y" }`],
  ])('are read from a variable in %s', (_, text) => {
    expect([...givenKeys(text)]).toEqual([
      ['a/29', 'x'],
      ['b/29', 'y'],
    ]);
  });

  test('that a gateway could not hold are refused and not shown', async () => {
    const short = 'fifteen-letters'.replace('-', 'x');
    for (const [key, isGood] of [
      [short, false],
      [`${short}x`, true],
      ['x'.repeat(64), true],
      ['x'.repeat(65), false],
      ['sixteen characte', false],
    ] as const) {
      const variables = { TF_VAR_preshared_keys: `{"${BLOCK}":"${key}"}` };
      const asked = keysFor({}, { session: sessionIn(root, { variables }) });
      if (isGood) expect(await asked).toEqual({ [BLOCK]: key });
      else
        await expect(asked).rejects.toThrow(
          /^dev\/azure\/default: its key must be a pre-shared key of 16 to 64 letters and digits, got another one, which is not shown$/,
        );
    }
  });

  test('of a rotation are given and not kept before they are applied; other connections keep theirs', async () => {
    applied({ [BLOCK]: APPLIED });
    expect(await keysFor({}, { newKeys: { [BLOCK]: GIVEN } })).toEqual({ [BLOCK]: GIVEN });
    expect(kept()).toEqual({ 'azure/default': { [BLOCK]: APPLIED } });
  });

  test.each([
    [APPLIED, APPLIED, 'the old key'],
    [GIVEN, GIVEN, 'its new key'],
  ])('of a rotation that was begun are those that Azure reports: %s', async (reported, expected, words) => {
    const session = remote({ keys: { [BLOCK]: APPLIED }, refreshed: [reported] });
    const begun = { network: 'azure/default', insideCidr: BLOCK, key: GIVEN };
    expect(await keysFor({ backend: REMOTE }, { session, begun })).toEqual({ [BLOCK]: expected });
    expect(notes).toEqual([
      `warn: a rotation of azure/default, ${BLOCK}, was begun: Azure has ${words}; finish it: kakehashi gateway rotate dev azure/default --tunnel ${BLOCK}`,
    ]);
  });

  describe('in Vault', () => {
    const folder = SecretReference.parse('vault://secret/vpn');
    const asked: string[] = [];

    function withVault(answer: string | undefined | VaultErrorCode): Session {
      const readIfThere = async (reference: SecretReference) => {
        asked.push(reference.toString());
        if (answer === 'missing' || answer === 'engine' || answer === 'sealed')
          throw new VaultError(answer, answer);
        return answer;
      };
      const vaults = { client: async () => ({ readIfThere }) } as unknown as Vaults;
      return sessionIn(root, { variables: {}, vaults });
    }
    beforeEach(() => asked.splice(0));

    test('are taken from there, and no file has them once they are noted as stored there', async () => {
      const parts = { vault: { presharedKeys: folder } };
      expect(await keysFor(parts, { session: withVault(STORED) })).toEqual({ [BLOCK]: STORED });
      expect(asked).toEqual(['vault://secret/vpn/dev/azure/default/169.254.21.0']);
      expect(existsSync(keyFile())).toBe(true);
      const noted = { ...parts, allocations: { 'azure/default': { presharedKeys: folder.toString() } } };
      expect(await keysFor(noted, { session: withVault(STORED) })).toEqual({ [BLOCK]: STORED });
      expect(existsSync(keyFile())).toBe(false);
    });

    test('are not asked for where they are applied', async () => {
      applied({ [BLOCK]: APPLIED });
      expect(await keysFor({ vault: { presharedKeys: folder } }, { session: withVault(STORED) })).toEqual({
        [BLOCK]: APPLIED,
      });
      expect(asked).toEqual([]);
    });

    test.each(['missing', 'engine'] as const)('are made where Vault has none yet (%s)', async (code) => {
      const keys = await keysFor({ vault: { presharedKeys: folder } }, { session: withVault(code) });
      expect(kept()).toEqual({ 'azure/default': keys });
    });

    test('are not made while Vault can not be asked', async () => {
      const session = withVault('sealed');
      await expect(keysFor({ vault: { presharedKeys: folder } }, { session })).rejects.toThrow('sealed');
      expect(existsSync(keyFile())).toBe(false);
    });
  });

  test.each(['', '[]', '{"azure/default":{"169.254.21.0/29":"short"}}', '{"azure/default":["x"]}'])(
    'are not replaced where their file is damaged: %s',
    async (text) => {
      mkdirSync(path.dirname(keyFile()), { recursive: true });
      writeFileSync(keyFile(), text);
      await expect(keysFor()).rejects.toThrow(
        'must hold pre-shared keys by network and /29, got something else',
      );
      expect(readFileSync(keyFile(), 'utf8')).toBe(text);
    },
  );

  test('become private where somebody has opened their file', async () => {
    await keysFor();
    chmodSync(keyFile(), 0o644);
    await keysFor();
    expect((statSync(keyFile()).mode & 0o777).toString(8)).toBe('600');
  });

  test('of the sandbox lie with its states', async () => {
    await keysFor({}, { session: sessionIn(root, { variables: {}, simulated: true }) });
    expect(existsSync(path.join(root, 'sandbox.out/dev/state/keys/preshared-keys.json'))).toBe(true);
    expect(existsSync(keyFile())).toBe(false);
  });
});
