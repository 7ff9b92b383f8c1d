import { filled, text } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import { AwsError } from '../aws-error';
import { namedCreation } from '../named-creation';
import type { Rules } from '../rules';

const RULES: Rules = {
  noun: 'EC2 Placement Group',
  service: 'EC2',
  actions: { create: 'CreatePlacementGroup' },
  create(cloud, request) {
    const name = text(request, 'name');
    if (cloud.find('aws_placement_group', name) !== undefined)
      throw new AwsError('InvalidPlacementGroup.Duplicate', `The Placement Group '${name}' already exists.`);
    const strategy = text(request, 'strategy');
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `placement-group/${name}`),
      partition_count: strategy === 'partition' ? 2 : 0,
      placement_group_id: `pg-${hex(17, 'pg', cloud.region, name, strategy)}`,
      spread_level: strategy === 'spread' ? 'rack' : '',
    });
    return { id: name, attributes };
  },
  remove(cloud, { id }) {
    const isUsed = cloud
      .all('aws_instance')
      .some(({ attributes }) => text(attributes, 'placement_group') === id);
    if (isUsed)
      throw new AwsError(
        'InvalidPlacementGroup.InUse',
        `The placement group '${id}' is in use and may not be deleted.`,
      );
  },
};

/** How close to each other, or how far from each other, instances run. */
export const placementGroup: Rules = namedCreation(RULES, (request) => text(request, 'name'));
