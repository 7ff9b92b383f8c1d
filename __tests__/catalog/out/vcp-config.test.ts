import path from 'node:path';
import { parse } from 'yaml';
import { loadEnvironment } from '../../../catalog/load';
import { secretNames, type VcpConfig, vcpConfigOf } from '../../../catalog/out/vcp-config';
import { formatVcpConfig, keepsFromVcpConfig, vcpConfigChanges } from '../../../catalog/out/vcp-config-text';
import { CLOUD_SECRETS } from '../../../model/vault/cloud-secrets';
import { GOOD, tryLoad } from '../folder-of';

const CANARY = 'CANARY-5f1c-clear-text';

function configOf(text: string): VcpConfig {
  const { loaded, problems } = tryLoad({ 'dev.yml': text });
  const config = loaded && vcpConfigOf(loaded.catalog);
  if (config === undefined) throw new Error(`no configuration: ${JSON.stringify(problems)}`);
  return config;
}

const written = (text: string, existing?: string, header?: string) =>
  formatVcpConfig(configOf(text), existing, header);

/** A catalog that only passes entries through, with a site. */
const passing = (providers: string, vault = '') => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
${vault}${providers}`;

describe('the example environments', () => {
  const example = (environment: string) => {
    const directory = path.join(__dirname, '../../../catalog');
    const config = vcpConfigOf(loadEnvironment({ directory, environment }).catalog);
    return config && formatVcpConfig(config);
  };
  const AWS = `aws:
    access_key: "vault://cubbyhole/aws/access_key"
    secret_key: "vault://cubbyhole/aws/secret_key"
    private_network: "default"
`;
  const AZURE = `azure:
    subscription_id: "vault://cubbyhole/azure/subscription_id"
    client_id: "vault://cubbyhole/azure/client_id"
    client_secret: "vault://cubbyhole/azure/client_secret"
    tenant_id: "vault://cubbyhole/azure/tenant_id"
    private_network: "default"
`;
  const SAKURA = `sakura:
    token: "vault://cubbyhole/sakura/token"
    secret: "vault://cubbyhole/sakura/secret"
    private_network: "default"
`;
  const ONPREMISES = `onpremises:
    private_network: "default"
`;
  const vcc = (host: string, name: string) => `vcc:\n    host: "${host}"\n    name: "${name}"\n`;

  test.each([
    ['dev', vcc('10.0.2.15', 'dev') + AWS + AZURE + SAKURA + ONPREMISES],
    ['staging', vcc('10.0.2.15', 'staging') + AWS + ONPREMISES],
    ['prod', vcc('10.0.3.15', 'prod') + AWS + SAKURA],
  ])('%s', (environment, text) => {
    expect(example(environment)).toBe(text);
  });

  test('a provider that the SDK does not know is left out, and named', () => {
    const directory = path.join(__dirname, '../../../catalog');
    expect(vcpConfigOf(loadEnvironment({ directory, environment: 'dev' }).catalog)?.leftOut).toEqual([
      'own-openstack',
    ]);
  });
});

describe('what the catalog says', () => {
  test.each(Object.entries(CLOUD_SECRETS).filter(([cloud]) => cloud !== 'aws'))(
    'each secret of %s is where the hands-on keeps it',
    (cloud, secrets) => {
      const entry = KEYS[cloud] ?? 'anything: words';
      const section = parse(written(passing(`${cloud}:\n  default: { ${entry} }\n`)))[cloud];
      const references = Object.entries(secrets).map(([name, segment]) => [
        name,
        `vault://cubbyhole/${cloud}/${segment}`,
      ]);
      expect(section).toEqual({ ...Object.fromEntries(references), private_network: 'default' });
    },
  );

  test('hokudai reads its user name at another segment than its name', () => {
    expect(written(passing('hokudai:\n  default: { anything: words }\n'))).toContain(
      '    user_name: "vault://cubbyhole/hokudai/user"\n',
    );
    expect(secretNames('hokudai')).toEqual(['user_name', 'password']);
  });

  test('its own references to the credentials of AWS are taken, without the session token', () => {
    const text = GOOD.replace(
      'aws:\n',
      `vault: { address: 'https://vault.example:8200' }
providers:
  aws:
    access_key: vault://secret/team/key
    secret_key: vault://secret/team/secret
    token: vault://secret/team/session
aws:
`,
    );
    expect(parse(written(text)).aws).toEqual({
      access_key: 'vault://secret/team/key',
      secret_key: 'vault://secret/team/secret',
      private_network: 'default',
    });
    expect(parse(written(text)).vcc).toEqual({ host: '10.0.2.15', name: 'dev' });
  });

  test.each([
    ['https://10.0.2.15:8443', 8443],
    ['https://10.0.2.15', 443],
    ['https://10.0.2.16:8443', undefined],
    ['https://controller.example:8443', undefined],
  ])('the port of a Vault at %s is %s', (address, port) => {
    const config = configOf(passing('onpremises:\n  default: {}\n', `vault: { address: '${address}' }\n`));
    expect(config.controller.vaultPort).toBe(port);
  });

  test('spot instances have no section of their own: they use the credentials of aws', () => {
    const spot = 'aws_region: us-west-2, aws_vpc_subnet_id: subnet-11111111';
    const text = passing(`aws_spot:\n  cheap: { ${spot}, aws_vpc_security_group_id: sg-11111111 }\n`);
    expect(parse(written(text))).toMatchObject({ aws: { private_network: 'cheap' } });
    expect(parse(written(text))).not.toHaveProperty('aws_spot');
  });

  test('without an entry called default, the first one is the network', () => {
    const text = passing('onpremises:\n  rack_b: {}\n  rack_a: {}\n');
    expect(parse(written(text)).onpremises).toEqual({ private_network: 'rack_b' });
  });

  test('without a site there is no controller, and nothing to write', () => {
    const { loaded } = tryLoad({ 'dev.yml': "cci_version: '1.0'\nonpremises: { default: {} }\n" });
    expect(loaded && vcpConfigOf(loaded.catalog)).toBeUndefined();
  });
});

describe('a file that is there', () => {
  const MINE = `# mine
vcc:
    host: "10.0.2.15" # the controller
    name: 'my controller'
    wait_timeout_sec: 2000
aws:
    access_key: "vault://secret/alice/key"
    secret_key: ""
    private_network: second
chameleon:
    application_credential_id: vault://cubbyhole/chameleon/id
`;

  test('keeps comments, other keys, and what the user chose; only what is missing comes in', () => {
    expect(written(GOOD, MINE)).toBe(`# mine
vcc:
    host: "10.0.2.15" # the controller
    name: 'my controller'
    wait_timeout_sec: 2000
aws:
    access_key: "vault://secret/alice/key"
    secret_key: "vault://cubbyhole/aws/secret_key"
    private_network: second
chameleon:
    application_credential_id: vault://cubbyhole/chameleon/id
sakura:
    token: "vault://cubbyhole/sakura/token"
    secret: "vault://cubbyhole/sakura/secret"
    private_network: "default"
`);
  });

  test('gets the address of the controller, and an entry that exists', () => {
    const text = 'vcc: { host: 192.0.2.1 }\naws: { private_network: gone }\nsakura:\n';
    expect(parse(written(GOOD, text))).toMatchObject({
      vcc: { host: '10.0.2.15', name: 'dev' },
      aws: { private_network: 'default' },
      sakura: { private_network: 'default' },
    });
  });

  test.each(['127.0.0.1', '127.8.9.1', '"::1"', 'localhost', 'occtr', 'controller.example.org', '"vcc-1"'])(
    'keeps %s as the way to the controller',
    (host) => {
      const text = `vcc:\n    host: ${host} # from the notebook\n    name: pvcc\n`;
      expect(written(GOOD, text)).toContain(`vcc:\n    host: ${host} # from the notebook\n`);
      expect(vcpConfigChanges(configOf(GOOD), text).map(({ key }) => key)).not.toContain('vcc.host');
    },
  );

  test.each(['192.0.2.1', '10.0.2.16', '""', '', '1234', '[a]', 'not a host', '127.0.0.1.', '-x'])(
    'replaces %s, which is no way to the controller, and says so',
    (host) => {
      const text = `vcc:\n    host: ${host}\n    name: pvcc\n`;
      expect(parse(written(GOOD, text)).vcc).toEqual({ host: '10.0.2.15', name: 'pvcc' });
      const change = vcpConfigChanges(configOf(GOOD), text).find(({ key }) => key === 'vcc.host');
      expect(change?.after).toBe('10.0.2.15');
    },
  );

  test('every change is named with what was there; a new file has none', () => {
    const text =
      'vcc: { host: 192.0.2.1, name: x }\naws: { access_key: vault://secret/k, private_network: gone }\n';
    expect(vcpConfigChanges(configOf(GOOD), text)).toEqual([
      { key: 'vcc.host', before: '192.0.2.1', after: '10.0.2.15' },
      { key: 'aws.private_network', before: 'gone', after: 'default' },
      { key: 'aws.secret_key', after: 'vault://cubbyhole/aws/secret_key' },
      { key: 'sakura.token', after: 'vault://cubbyhole/sakura/token' },
      { key: 'sakura.secret', after: 'vault://cubbyhole/sakura/secret' },
      { key: 'sakura.private_network', after: 'default' },
    ]);
    expect(vcpConfigChanges(configOf(GOOD), undefined)).toEqual([]);
    expect(vcpConfigChanges(configOf(GOOD), written(GOOD))).toEqual([]);
  });

  test('sections whose secrets have no published names get their network, and keep what the user wrote', () => {
    const entries = 'mdx2:\n  default: { tenant_name: t, network_name: n, security_group: default }\n';
    const config = configOf(passing(entries));
    expect(config).toMatchObject({ leftOut: [], unnamed: ['mdx2'] });
    const mine = 'mdx2:\n    application_credential_id: "vault://cubbyhole/mdx2/id"\n';
    expect(formatVcpConfig(config, mine)).toContain(`${mine}    private_network: "default"\n`);
    expect(keepsFromVcpConfig(`proxmox:\n    api_token: ${CANARY}\n`)).toBe(
      'has a value in proxmox.api_token that is no vault:// reference (not shown); keep it with kakehashi secret put vault://cubbyhole/proxmox/api_token, then empty that line',
    );
    expect(keepsFromVcpConfig('proxmox:\n    user: root@pam\n')).toBeUndefined();
  });

  test("the catalog's own references beat those that are there", () => {
    const text = GOOD.replace(
      'aws:\n',
      "vault: { address: 'https://10.0.2.15:8443' }\nproviders: { aws: { access_key: 'vault://secret/k', secret_key: 'vault://secret/s' } }\naws:\n",
    );
    expect(parse(written(text, MINE))).toMatchObject({
      vcc: { vault_port: 8443 },
      aws: { access_key: 'vault://secret/k', secret_key: 'vault://secret/s' },
    });
  });

  test('that says all of it comes back byte for byte, in any style', () => {
    const once = written(GOOD);
    expect(written(GOOD, once)).toBe(once);
    const other = `${JSON.stringify(parse(once))}\n`;
    expect(written(GOOD, other)).toBe(other);
  });

  test('of comments alone keeps them', () => {
    expect(written(GOOD, '# mine\n')).toBe(`# mine\n${written(GOOD)}`);
  });

  test('has the header in its first line, once', () => {
    const first = written(GOOD, undefined, 'simulated');
    expect(first).toBe(`# simulated\n${written(GOOD)}`);
    expect(written(GOOD, first, 'simulated')).toBe(first);
  });

  test.each([
    ['', undefined],
    ['# mine\n\n', undefined],
    [MINE, undefined],
    ['aws:\nsakura: {}\n', undefined],
    ['a: [', 'is no YAML that can be updated (spaces, no tabs); correct it'],
    ['aws:\n\taccess_key: x\n', 'is no YAML that can be updated (spaces, no tabs); correct it'],
    ['- a\n', 'is no YAML that can be updated (spaces, no tabs); correct it'],
    [GOOD, 'is a catalog: it has "cci_version"; move it away'],
    ['vcc: 10.0.2.15\n', 'has something else than keys in "vcc"; correct it'],
    ['aws: [a]\n', 'has something else than keys in "aws"; correct it'],
  ])('%j keeps from writing: %s', (text, why) => {
    expect(keepsFromVcpConfig(text)).toBe(why);
  });

  test.each([
    ['aws', 'secret_key', 'aws/secret_key'],
    ['hokudai', 'user_name', 'hokudai/user'],
    ['sakura', 'sakura_token', 'sakura/token'],
    ['gcp', 'credentials', 'gcp/credentials'],
  ])('a credential in %s.%s keeps from writing, and is not shown', (section, key, place) => {
    for (const value of [CANARY, '12345678', `[${CANARY}]`, 'vault://', `vault://secret/${CANARY} x`]) {
      expect(keepsFromVcpConfig(`${section}:\n    ${key}: ${value}\n`)).toBe(
        `has a value in ${section}.${key} that is no vault:// reference (not shown); keep it with kakehashi secret put vault://cubbyhole/${place}, then empty that line`,
      );
    }
  });
});

/** The keys of the controller's manual, where a provider has some that are needed. */
const KEYS: Readonly<Record<string, string>> = {
  azure:
    'azure_resource_group_name: g, azure_vnet_name: vn, azure_subnet_name: s, azure_security_group_name: n, azure_location: japaneast',
  oracle:
    'oracle_tenancy_ocid: ocid1.tenancy.oc1..aaaa, oracle_compartment_id: ocid1.compartment.oc1..aaaa, oracle_subnet_id: ocid1.subnet.oc1.ap-tokyo-1.aaaa, oracle_region: ap-tokyo-1, oracle_availability_domain: "mkro:AP-TOKYO-1-AD-1"',
  sakura:
    "sakura_local_switch_id: '112900000000', sakura_private_subnet_gateway_ip: 172.23.1.1, sakura_zone: tk1a",
  vmware:
    'vmware_vsphere_server: s, vmware_allow_unverified_ssl: true, vmware_vsphere_datacenter_name: d, vmware_vsphere_resource_pool_name: p, vmware_vsphere_network_name: n, vmware_vsphere_network_mask: 24, vmware_template_virtual_machine_name: t, vmware_ipv4_gateway: 10.1.0.1',
  gcp: 'gcp_project: project-1, gcp_subnetwork: s, gcp_region: asia-northeast1, gcp_zone: asia-northeast1-a',
};

test('a section that is still empty keeps its comments', () => {
  const existing = 'hokudai: # the group\n    # ask Aiko\n# the other cloud\nsakura:\n';
  const text = written(
    passing('hokudai: { default: { private_network_ipmask: 172.30.2.0/24 } }\n'),
    existing,
  );
  for (const comment of ['# the group', '# ask Aiko', '# the other cloud']) expect(text).toContain(comment);
  expect(parse(text)).toMatchObject({ hokudai: { private_network: 'default' }, sakura: null });
});
