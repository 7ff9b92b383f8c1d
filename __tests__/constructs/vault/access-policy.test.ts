import '../../../stacks/fast-tokens';
import { AccessPolicy, type AccessPolicyProps } from '../../../constructs/vault/access-policy';
import { CloudCredentials, type CloudCredentialsProps } from '../../../constructs/vault/cloud-credentials';
import { CLOUD_SECRETS, type Cloud } from '../../../model/vault/cloud-secrets';
import { capabilitiesOn } from '../../../model/vault/policy-evaluator';
import { parsePolicy } from '../../../model/vault/policy-text';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const RULES = [{ path: 'secret/aws/*', capabilities: ['read', 'list'] as const }];

const build = (props: Partial<AccessPolicyProps>) =>
  synthesizedVault((stack) => {
    new AccessPolicy(stack, 'Deploy', { name: 'deploy', rules: RULES, ...props });
  });

const text = (props: Partial<AccessPolicyProps>): string => String(only(build(props), 'vault_policy').policy);

it('writes the rules as they are below KV v1', () => {
  const synth = build({ mounts: [{ path: 'secret', version: 1 }] });
  expect(plainAddresses(synth)).toEqual(['vault_policy.Deploy']);
  expect(only(synth, 'vault_policy')).toEqual({
    name: 'deploy',
    policy: 'path "secret/aws/*" {\n  capabilities = ["read", "list"]\n}\n',
  });
});

it('adds data/ and metadata/ below KV v2', () => {
  const rules = parsePolicy(text({ mounts: [{ path: 'secret', version: 2 }] }));
  expect(rules.map(({ path }) => path)).toEqual(['secret/data/aws/*', 'secret/metadata/aws/*']);
  expect(capabilitiesOn([rules], 'secret/data/aws/access_key')).toEqual(['read']);
  expect(capabilitiesOn([rules], 'secret/metadata/aws/')).toEqual(['list', 'read']);
});

it('lets no path out of its string, neither for Terraform nor for the server', () => {
  const path = 'secret/${file("/etc/passwd")}%{if true}"}\npath "*" { policy = "sudo" }';
  const policy = text({ rules: [{ path, capabilities: ['read'] }] });
  expect(policy).not.toMatch(/[$%]\{/);
  expect(parsePolicy(policy)).toEqual([{ path, capabilities: ['read'] }]);
});

it.each([
  ['root', 'it allows everything, and the server refuses to change it'],
  ['default', 'every token of the server has it, whoever made it'],
  ['response-wrapping', "it is the server's own"],
])('refuses the name %s', (name, reason) => {
  expect(() => build({ name })).toThrow(`stack/Deploy: name: must not be ${name}: ${reason}`);
});

it('refuses names that the server would write otherwise', () => {
  for (const name of ['Deploy', '', 'a b', '-a', 'a/b', '${x}', 'x'.repeat(129)]) {
    expect(() => build({ name })).toThrow(
      `stack/Deploy: name: must be a name of small letters, digits, _ . and -, got ${JSON.stringify(name)}`,
    );
  }
  expect(only(build({ name: 'x'.repeat(128) }), 'vault_policy').name).toHaveLength(128);
  expect(only(build({ name: '0a_b.c-d' }), 'vault_policy').name).toBe('0a_b.c-d');
});

it('refuses rules that the server would refuse, in its words, and none at all', () => {
  expect(() => build({ rules: [] })).toThrow(
    '[stack/Deploy] rules: must have at least one rule or grant, got none',
  );
  expect(() => build({ rules: [...RULES, { path: 'a/+*', capabilities: ['read'] }] })).toThrow(
    `stack/Deploy: rules[1]: path "a/+*": invalid use of wildcards ('+*' is forbidden)`,
  );
  expect(() => build({ rules: [{ path: 'a', capabilities: ['fly' as 'read'] }] })).toThrow(
    'stack/Deploy: rules[0]: path "a": invalid capability "fly"',
  );
});

it('refuses a token in a path, because nobody could read what the policy allows', () => {
  const path = 'secret/${TfToken[TOKEN.0]}';
  expect(() => build({ rules: [{ path, capabilities: ['read'] }] })).toThrow(
    'stack/Deploy: rules[0].path: must be known at synthesis, got a token; what a policy allows must be readable before it is applied',
  );
  expect(() => build({ mounts: [{ path, version: 1 }] })).toThrow('stack/Deploy: mounts: must be known');
});

it('refuses two versions of one mount', () => {
  const mounts = [
    { path: 'kv', version: 1 },
    { path: 'kv', version: 2 },
  ] as const;
  expect(() => build({ mounts })).toThrow('stack/Deploy: mounts: must have one version for kv, got 1 and 2');
});

const credentials = (props: Partial<CloudCredentialsProps>) =>
  synthesizedVault((stack) => {
    new CloudCredentials(stack, 'Aws', {
      name: 'aws-credentials',
      mount: { path: 'secret', version: 1 },
      clouds: ['aws'],
      ...props,
    });
  });

const credentialRules = (props: Partial<CloudCredentialsProps>) =>
  parsePolicy(String(only(credentials(props), 'vault_policy').policy));

it('lets exactly the secrets of a cloud be read', () => {
  expect(plainAddresses(credentials({}))).toEqual(['vault_policy.Aws_Policy']);
  expect(credentialRules({})).toEqual([
    { path: 'secret/aws/access_key', capabilities: ['read'] },
    { path: 'secret/aws/secret_key', capabilities: ['read'] },
  ]);
  expect(capabilitiesOn([credentialRules({})], 'secret/aws/other')).toEqual(['deny']);
});

it('reaches no credentials in other mounts', () => {
  for (const path of ['+', 'team/+', 'sec*', ''])
    expect(() => credentials({ mount: { path, version: 1 } })).toThrow(
      `stack/Aws: mount: must be a path like secret or team/kv, without slashes at its ends, got ${JSON.stringify(path)}`,
    );
});

it.each<[Cloud, number]>([
  ['aws', 2],
  ['azure', 4],
  ['oracle', 3],
  ['sakura', 2],
  ['vmware', 2],
  ['hokudai', 2],
  ['gcp', 1],
  ['chameleon', 2],
])('knows the secrets of %s', (cloud, count) => {
  expect(credentialRules({ clouds: [cloud] })).toHaveLength(count);
  expect(Object.keys(CLOUD_SECRETS)).toHaveLength(8);
});

it('reads the user name of Hokudai where the SDK looks for it', () => {
  expect(credentialRules({ clouds: ['hokudai'] }).map(({ path }) => path)).toEqual([
    'secret/hokudai/user',
    'secret/hokudai/password',
  ]);
});

it('takes several clouds in any order, each once, and KV v2', () => {
  const rules = credentialRules({ clouds: ['gcp', 'aws', 'gcp'], mount: { path: 'kv', version: 2 } });
  expect(rules).toEqual(credentialRules({ clouds: ['aws', 'gcp'], mount: { path: 'kv', version: 2 } }));
  expect(capabilitiesOn([rules], 'kv/data/gcp/credentials')).toEqual(['read']);
  expect(capabilitiesOn([rules], 'kv/data/gcp/other')).toEqual(['deny']);
});

it('refuses a cloud that has no secrets, and none', () => {
  const known = 'aws, azure, oracle, sakura, vmware, hokudai, gcp, chameleon';
  expect(() => credentials({ clouds: ['onpremises' as Cloud] })).toThrow(
    `stack/Aws: clouds: must be some of ${known}, got onpremises`,
  );
  expect(() => credentials({ clouds: [] })).toThrow(`stack/Aws: clouds: must be some of ${known}, got none`);
});
