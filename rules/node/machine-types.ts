import { type Found, unseen } from '../rule';
import { blocksAt, UNKNOWN, type Values } from '../values';

export const AWS_MACHINES = [
  'aws_instance',
  'aws_spot_instance_request',
  'aws_launch_template',
  'aws_launch_configuration',
] as const;
export const SCALE_SETS = [
  'azurerm_orchestrated_virtual_machine_scale_set',
  'azurerm_linux_virtual_machine_scale_set',
] as const;
export const AZURE_MACHINES = [
  'azurerm_linux_virtual_machine',
  'azurerm_windows_virtual_machine',
  ...SCALE_SETS,
] as const;

/** Judges each block of a name. */
export function each(
  values: Values,
  name: string,
  judge: (block: { readonly values: Values; readonly at: string }) => readonly Found[],
): readonly Found[] {
  const blocks = blocksAt(values, name);
  return blocks === UNKNOWN ? [unseen(`its ${name} is not known`, name)] : blocks.flatMap(judge);
}
