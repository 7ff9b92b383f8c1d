import type { Values } from './values';

/** A resource, data source, provider, output, variable or local value of a configuration, as rules see it. */
export interface Resource {
  /** The stack, or whatever tells one configuration from another. */
  readonly stack: string;
  /** `aws_instance.Nodes`, `aws_instance.Nodes["n1"]`, `data.aws_ami.Image`, `provider.aws`, `output.keys`, `variable.size`, `local.names`. */
  readonly address: string;
  /** `aws_instance`, `data.aws_ami`, `provider.aws`, `output`, `variable`, `local`. */
  readonly type: string;
  readonly name: string;
  /** The path of the construct that made it. @default - the configuration does not say */
  readonly path?: string;
  /** As the configuration has it, with expressions; empty where only a plan is known. */
  readonly written: Values;
  /** As it is planned, else as it is written. */
  readonly values: Values;
}

/** The address without an instance: `aws_instance.Nodes["n1"]` is one of `aws_instance.Nodes`. */
export function blockAddress({ address }: Pick<Resource, 'address'>): string {
  return address.replace(/\[.*\]$/s, '');
}
