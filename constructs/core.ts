import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { refuse } from './props-error';

/**
 * Refuses a construct in a stack of another copy of the core library than these constructs import: of `cdktn`, or of a second
 * `cdktf` in the tree. Two cores resolve each other's tokens wrongly, or fail in the middle of the synthesis.
 *
 * @throws {@link PropsError}
 */
export function checkCore(construct: IConstruct): void {
  if (TerraformStack.of(construct) instanceof TerraformStack) return;
  refuse(
    construct,
    'scope: must be in a stack of the cdktf that kakehashi imports, got one of another copy of that library (cdktn, or a second cdktf); install one of them for both (docs/extend.md, "With cdktn")',
  );
}
