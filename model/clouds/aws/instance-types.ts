import type { Architecture } from '../../nodes/architecture';

/**
 * The form of an instance type's name, `m7i.large`, `u7i-12tb.224xlarge`, `c7g.metal-24xl` (EC2 user guide, "Instance type naming
 * conventions"). Types of the `mac` families run macOS alone and have no such name here.
 */
export const INSTANCE_TYPE_PATTERN =
  '^(?!mac)[a-z]+(-[0-9]+tb)?[0-9]+[a-z]*(-[a-z0-9]+)?\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)$';

/** A family is its series, its generation, and letters for what it has besides. */
const FAMILY = /^([a-z]+)([0-9]+[a-z]*)((?:-[a-z0-9]+)?)\./;

/** Graviton has a `g` after the generation (`c6gn`, `im4gn`, `g5g`); Grace is part of the accelerator's name (`p6e-gb200`). `u-6tb1` is x86. */
const ARM = /^(a1|[a-z]+[0-9]+[a-z]*g[a-z]*)(\.|-)|^[a-z0-9]+-gb[0-9]+\./;

/** The architecture of an instance type, from the name of its family. */
export function instanceArchitecture(instanceType: string): Architecture {
  return ARM.test(instanceType) ? 'arm64' : 'x86_64';
}

/** Whether instances of the type have a GPU: the series `g`, `gr` and `p`. */
export function hasGpu(instanceType: string): boolean {
  return ['g', 'gr', 'p'].includes(FAMILY.exec(instanceType)?.[1] ?? '');
}
