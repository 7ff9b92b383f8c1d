import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from 'cdktf';

type Json = Record<string, unknown>;
/** Resources by type and address. */
export type Resources = Record<string, Record<string, Json>>;

/** A stack as Terraform reads it, without cdktf's comments. */
export interface Synthesized extends Json {
  readonly resource: Resources;
  readonly data?: Resources;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** Builds one stack, validates and synthesizes it. */
export function synthesized(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: 'ap-northeast-1' });
  build(stack);
  return withoutComments(JSON.parse(Testing.synth(stack, true))) as Synthesized;
}

/** A value with its tokens as Terraform reads them: two tokens for one thing are equal here alone. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
}

/** Every address, `type.name`, sorted. cdktf's hash at the end of a name stays: it is part of the address. */
export function addresses(synth: Synthesized): readonly string[] {
  return Object.entries(synth.resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}

/** The same without cdktf's hashes, sorted: what a person reads. */
export function plainAddresses(synth: Synthesized): readonly string[] {
  return addresses(synth)
    .map((address) => address.replace(/_[0-9A-F]{8}$/, ''))
    .sort();
}

/** The only resource of a type. */
export function only(synth: Synthesized, type: string): Json {
  const all = Object.values(synth.resource[type] ?? {});
  if (all.length !== 1) throw new Error(`${all.length} resources of type ${type}, not one`);
  return all[0] as Json;
}

/** The resource whose address, without cdktf's hash, is this one. */
export function at(synth: Synthesized, type: string, name: string): Json | undefined {
  const named = Object.entries(synth.resource[type] ?? {});
  return named.find(([address]) => address.replace(/_[0-9A-F]{8}$/, '') === name)?.[1];
}

export function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutComments(item)]));
}
