import { type ChildProcess, spawn } from 'node:child_process';
import type { NetworkTunnels } from '../../../../model/tunnel/description';
import { readSecret } from '../../../../scripts/kinds/aws/secrets-manager';
import { keysOfSecret } from '../../../../scripts/kinds/aws/secrets-manager-keys';
import { temporaryFolder } from '../../../support/catalog-folder';
import { loadedFrom } from '../../../support/loaded';
import { freePort, untilAnswering } from '../../../support/ports';
import { hasProgram } from '../../../support/programs';
import { sessionIn } from '../../../support/session';

const TUNNEL = {
  cloud_inside_address: '',
  site_inside_address: '',
  ike_versions: [2],
  ike: [],
  esp: [],
  lifetimes: { ike_seconds: 28800, esp_seconds: 3600 },
  dpd: { timeout_seconds: 30, action: 'clear' },
  startup: 'site',
} as const;
const DESCRIPTION: NetworkTunnels = {
  mode: 'route-based',
  routing: 'static',
  networks: ['172.30.0.0/16'],
  cloud_asn: 64512,
  tunnels: {
    '169.254.100.0/30': { ...TUNNEL, outside_address: '203.0.113.1' },
    '169.254.100.4/30': { ...TUNNEL, outside_address: '203.0.113.2' },
  },
};
const KEYS = { '169.254.100.0/30': 'FirstKey_1', '169.254.100.4/30': 'SecondKey_2' };

describe('the keys of a connection in its secret', () => {
  it.each<[string, unknown]>([
    ['by outside address', { '203.0.113.1': 'FirstKey_1', '203.0.113.2': 'SecondKey_2' }],
    ['by inside CIDR', { '169.254.100.0/30': 'FirstKey_1', '169.254.100.4/30': 'SecondKey_2' }],
    [
      'beside an outside address, in whatever order',
      {
        tunnels: [
          { OutsideIpAddress: '203.0.113.2', PreSharedKey: 'SecondKey_2' },
          { OutsideIpAddress: '203.0.113.1', PreSharedKey: 'FirstKey_1' },
        ],
      },
    ],
    [
      'in an object under its tunnel',
      { '203.0.113.1': { psk: 'FirstKey_1' }, '203.0.113.2': { psk: 'SecondKey_2' } },
    ],
  ])('are found %s', (_, secret) => {
    expect(keysOfSecret('dev/aws/default', JSON.stringify(secret), DESCRIPTION)).toEqual(KEYS);
  });

  it.each<[string, string, string]>([
    [
      'no JSON',
      'FirstKey_1',
      'dev/aws/default: the secret of its connection must be JSON that names each tunnel, got a text of 10 characters, not shown',
    ],
    [
      'tunnels by number',
      JSON.stringify({ tunnel1: 'FirstKey_1', tunnel2: 'SecondKey_2' }),
      'dev/aws/default: the secret of its connection must hold one key beside 203.0.113.1 or 169.254.100.0/30, got 0; its fields: tunnel1, tunnel2',
    ],
    [
      'two keys for one tunnel',
      JSON.stringify({
        '203.0.113.1': 'FirstKey_1',
        '169.254.100.0/30': 'Another_1',
        '203.0.113.2': 'SecondKey_2',
      }),
      'dev/aws/default: the secret of its connection must hold one key beside 203.0.113.1 or 169.254.100.0/30, got 2; its fields: 169.254.100.0/30, 203.0.113.1, 203.0.113.2',
    ],
  ])('are refused in %s, without a key in the message', (_, secret, message) => {
    expect(() => keysOfSecret('dev/aws/default', secret, DESCRIPTION)).toThrow(new Error(message));
  });
});

const hasMoto = hasProgram('moto_server');
const describeMoto = hasMoto ? describe : describe.skip;

describeMoto(
  hasMoto ? 'Secrets Manager as moto has it' : 'Secrets Manager (skipped: moto_server is not installed)',
  () => {
    let moto: ChildProcess;
    let endpoint = '';
    const before = { ...process.env };

    beforeAll(async () => {
      const port = await freePort();
      endpoint = `http://127.0.0.1:${port}`;
      moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      process.env.AWS_ACCESS_KEY_ID = 'testing';
      process.env.AWS_SECRET_ACCESS_KEY = 'testing';
      await untilAnswering(endpoint);
    }, 60_000);

    afterAll(() => {
      process.env = before;
      moto?.kill();
    });

    const request = (arn: string) => ({
      arn,
      region: 'ap-northeast-1',
      loaded: loadedFrom(
        `cci_version: '1.0'\nproviders: { aws: { endpoints: { secretsmanager: '${endpoint}' } } }\n`,
      ),
    });
    const session = sessionIn(temporaryFolder());

    it('gives the text of a secret by its ARN', async () => {
      const { SecretsManagerClient, CreateSecretCommand } = await import('@aws-sdk/client-secrets-manager');
      const client = new SecretsManagerClient({ region: 'ap-northeast-1', endpoint });
      const text = JSON.stringify({ '203.0.113.1': 'FirstKey_1' });
      const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 's2svpn', SecretString: text }));
      client.destroy();
      expect(await readSecret(session, request(ARN))).toBe(text);
    });

    it("says AWS's own words about one that is not there", async () => {
      const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:nothing-AbCdEf';
      await expect(readSecret(session, request(arn))).rejects.toThrow(
        /nothing-AbCdEf: can't be read from Secrets Manager: ResourceNotFoundException: .*; the gateway's files need secretsmanager:GetSecretValue on it/,
      );
    });
  },
);
