import { AWS_REGION } from '../../adopted/aws';
import type { Infer } from '../../shape/shape';
import { map, required, text } from '../../shape/shapes';

/** Where the resources of a group's stack are. */
export const PLACE = map({ region: required(text(AWS_REGION), "where the stack's resources are") });
export type AwsNodesPlace = Infer<typeof PLACE>;
