import { VaultProvider } from '@cdktf/provider-vault/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { type Synthesized, withoutComments } from './synthesized';

/** Builds one stack in a Vault, validates and synthesizes it. */
export function synthesizedVault(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new VaultProvider(stack, 'vault', { address: 'https://10.0.2.15:8443' });
  build(stack);
  return withoutComments(JSON.parse(Testing.synth(stack, true))) as Synthesized;
}
