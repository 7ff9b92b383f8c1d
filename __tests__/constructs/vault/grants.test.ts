import '../../../stacks/fast-tokens';
import type { TerraformStack } from 'cdktf';
import { AccessPolicy } from '../../../constructs/vault/access-policy';
import { type ISecretMount, SecretMount } from '../../../constructs/vault/secret-mount';
import { parsePolicy } from '../../../model/vault/policy-text';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const granted = (grant: (policy: AccessPolicy, mount: ISecretMount) => void, version: 1 | 2 = 1) => {
  const synth = synthesizedVault((stack) => {
    const policy = new AccessPolicy(stack, 'Deploy', { name: 'deploy' });
    grant(policy, SecretMount.fromMountPath(stack, 'Shared', 'team/kv', version));
  });
  expect(plainAddresses(synth)).toEqual(['vault_policy.Deploy']);
  return parsePolicy(String(only(synth, 'vault_policy').policy));
};

it('lets all of a mount be read, or a part of it', () => {
  expect(granted((policy, mount) => mount.grantRead(policy))).toEqual([
    { path: 'team/kv/*', capabilities: ['read'] },
  ]);
  expect(granted((policy, mount) => mount.grantRead(policy, 'aws/access_key'))).toEqual([
    { path: 'team/kv/aws/access_key', capabilities: ['read'] },
  ]);
});

it('says what a mount of version 2 needs', () => {
  expect(granted((policy, mount) => mount.grantRead(policy, 'aws/*'), 2)).toEqual([
    { path: 'team/kv/data/aws/*', capabilities: ['read'] },
    { path: 'team/kv/metadata/aws/*', capabilities: ['read'] },
  ]);
  expect(granted((policy, mount) => mount.grantList(policy, 'aws/*'), 2)).toEqual([
    { path: 'team/kv/metadata/aws/*', capabilities: ['list'] },
  ]);
  expect(granted((policy, mount) => mount.grantWrite(policy, 'aws/*'), 2)).toEqual([
    { path: 'team/kv/data/aws/*', capabilities: ['create', 'patch', 'update'] },
  ]);
});

it('adds grants up, so that a narrow one takes nothing of a wide one away', () => {
  const all = (policy: AccessPolicy, mount: ISecretMount): void => {
    mount.grantRead(policy);
    mount.grantList(policy);
    mount.grantWrite(policy, 'aws/*');
    mount.grantDelete(policy, 'aws/old');
  };
  expect(granted(all)).toEqual([
    { path: 'team/kv/*', capabilities: ['list', 'read'] },
    { path: 'team/kv/aws/*', capabilities: ['create', 'list', 'read', 'update'] },
    { path: 'team/kv/aws/old', capabilities: ['create', 'delete', 'list', 'read', 'update'] },
  ]);
});

it('writes no rule for a side of a mount that no grant is about', () => {
  const all = (policy: AccessPolicy, mount: ISecretMount): void => {
    mount.grantList(policy);
    mount.grantRead(policy, 'aws/*');
  };
  expect(granted(all, 2)).toEqual([
    { path: 'team/kv/metadata/*', capabilities: ['list'] },
    { path: 'team/kv/data/aws/*', capabilities: ['read'] },
    { path: 'team/kv/metadata/aws/*', capabilities: ['list', 'read'] },
  ]);
});

it('leaves a written rule what it hides', () => {
  const synth = synthesizedVault((stack) => {
    const mount = SecretMount.fromMountPath(stack, 'Shared', 'kv', 2);
    const rules = [{ path: 'kv/aws/*', capabilities: ['list'] as const }];
    mount.grantRead(new AccessPolicy(stack, 'Deploy', { name: 'deploy', rules, mounts: [mount] }));
  });
  expect(parsePolicy(String(only(synth, 'vault_policy').policy))).toEqual([
    { path: 'kv/data/aws/*', capabilities: [] },
    { path: 'kv/metadata/aws/*', capabilities: ['list'] },
    { path: 'kv/data/*', capabilities: ['read'] },
    { path: 'kv/metadata/*', capabilities: ['read'] },
  ]);
});

it('grants on a mount of its own, beside written rules', () => {
  const synth = synthesizedVault((stack) => {
    const mount = new SecretMount(stack, 'Shared', { version: 2 });
    const rules = [{ path: 'auth/token/lookup-self', capabilities: ['read'] as const }];
    mount.grantRead(new AccessPolicy(stack, 'Deploy', { name: 'deploy', rules }), 'a');
  });
  expect(plainAddresses(synth)).toEqual(['vault_mount.Shared', 'vault_policy.Deploy']);
  expect(parsePolicy(String(only(synth, 'vault_policy').policy)).map(({ path }) => path)).toEqual([
    'auth/token/lookup-self',
    'secret/data/a',
    'secret/metadata/a',
  ]);
});

it.each(['', '/a', 'a/', 'a//b', '*/a', 'a b', '+/a', 'a/+'])('refuses the path %j', (path) => {
  expect(() => granted((policy, mount) => mount.grantRead(policy, path))).toThrow(
    `stack/Deploy: path: must be a path like aws/access_key or aws/*, got ${JSON.stringify(path)}`,
  );
});

it('refuses a path that is a token, of a grant or of a mount', () => {
  const token = '${TfToken[TOKEN.0]}';
  expect(() => granted((policy, mount) => mount.grantRead(policy, token))).toThrow(
    'stack/Deploy: path: must be known at synthesis, got a token',
  );
  const imported = (path: string) => () =>
    synthesizedVault((stack: TerraformStack) => {
      SecretMount.fromMountPath(stack, 'Theirs', path, 1);
    });
  expect(imported(token)).toThrow('stack/Theirs: path: must be known at synthesis, got a token');
  expect(imported('cubbyhole')).toThrow('stack/Theirs: path: must not be cubbyhole');
  expect(imported('a/')).toThrow('stack/Theirs: path: must be a path like secret');
});

it('refuses a policy that allows nothing', () => {
  expect(() => granted(() => {})).toThrow(
    '[stack/Deploy] rules: must have at least one rule or grant, got none',
  );
});
