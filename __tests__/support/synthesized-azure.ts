import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { type Synthesized, withoutComments } from './synthesized';

/** Builds one stack on Azure, validates and synthesizes it. */
export function synthesizedAzure(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  build(stack);
  return withoutComments(JSON.parse(Testing.synth(stack, true))) as Synthesized;
}
