import '../../../stacks/fast-tokens';
import { SecretMount, type SecretMountProps } from '../../../constructs/vault/secret-mount';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const build = (props?: SecretMountProps) =>
  synthesizedVault((stack) => {
    new SecretMount(stack, 'Shared', props);
  });

it('mounts KV v1 at secret by default', () => {
  const synth = build();
  expect(plainAddresses(synth)).toEqual(['vault_mount.Shared']);
  expect(only(synth, 'vault_mount')).toEqual({ path: 'secret', type: 'kv', options: { version: '1' } });
});

it('mounts KV v2 as type kv with its version as an option, never as kv-v2', () => {
  expect(only(build({ path: 'team/kv', version: 2, description: 'of the team' }), 'vault_mount')).toEqual({
    path: 'team/kv',
    type: 'kv',
    options: { version: '2' },
    description: 'of the team',
  });
});

it.each(['cubbyhole', 'cubbyhole/mine', '/cubbyhole', 'cubbyhole/'])('refuses %s with the reason', (path) => {
  expect(() => build({ path })).toThrow(
    `stack/Shared: path: must not be cubbyhole: every token has its own, which no administrator can make, share or keep, and which vanishes with it; use another path for what users share, got "${path}"`,
  );
});

it('takes a path that only begins like a reserved one', () => {
  expect(only(build({ path: 'cubbyholes' }), 'vault_mount').path).toBe('cubbyholes');
  expect(only(build({ path: 'team/sys' }), 'vault_mount').path).toBe('team/sys');
});

it.each(['sys', 'auth/kv', 'identity', 'audit'])('refuses %s, which the server keeps for itself', (path) => {
  expect(() => build({ path })).toThrow(`stack/Shared: path: must not be ${path.split('/')[0]}: `);
});

it.each(['', '/secret', 'secret/', 'a//b', 'a b', '..', 'a/../b', 'a*', '${x}', 'x'.repeat(129)])(
  'refuses the path %j',
  (path) => {
    expect(() => build({ path })).toThrow(
      `stack/Shared: path: must be a path like secret or team/kv, without slashes at its ends, got ${JSON.stringify(path)}`,
    );
  },
);

it('takes the longest path', () => {
  expect(only(build({ path: 'x'.repeat(128) }), 'vault_mount').path).toHaveLength(128);
});

it('refuses another version', () => {
  expect(() => build({ version: 3 as 2 })).toThrow('stack/Shared: version: must be 1 or 2, got 3');
});
