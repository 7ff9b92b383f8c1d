import { unordered, type Value } from '../../protocol/values';
import { type Attributes, filled, text } from '../../provider/attributes';
import { AwsError } from '../aws-error';
import { generatedName, prefixOf } from '../generated-name';
import type { Rules } from '../rules';
import { TEMPLATE, versionsOf } from './template-versions';
import { checkUserData } from './user-data';

/** Arguments that are the template's own, and not a version's. */
const OF_TEMPLATE = [
  'arn',
  'default_version',
  'id',
  'latest_version',
  'name',
  'name_prefix',
  'tags',
  'tags_all',
  'template_versions',
  'update_default_version',
];

function dataOf(request: Attributes): Attributes {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !OF_TEMPLATE.includes(name)));
}

/** A template from which instances are launched. EC2 looks at what it refers to when an instance is launched, and not before. */
export const launchTemplate: Rules = {
  noun: 'EC2 Launch Template',
  service: 'EC2',
  actions: { update: 'CreateLaunchTemplateVersion' },
  create(cloud, request) {
    const id = cloud.newId('lt', request);
    const name = generatedName(cloud, request, id);
    if (cloud.all(TEMPLATE).some(({ attributes }) => text(attributes, 'name') === name))
      throw new AwsError(
        'InvalidLaunchTemplateName.AlreadyExistsException',
        'Launch template name already in use.',
      );
    checkUserData(text(request, 'user_data'));
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `launch-template/${id}`),
      default_version: 1,
      latest_version: 1,
      name,
      name_prefix: prefixOf(name),
    });
    return { id, attributes: { ...attributes, template_versions: [{ ...dataOf(request), version: 1 }] } };
  },
  update(_cloud, { attributes }, request) {
    checkUserData(text(request, 'user_data'));
    const before = Number(attributes.latest_version);
    const isSame = unordered(dataOf(attributes)) === unordered(dataOf(request));
    const latest_version = isSame ? before : before + 1;
    const versions = versionsOf(attributes);
    const template_versions: Value = isSame
      ? versions
      : [...versions, { ...dataOf(request), version: latest_version }];
    const default_version =
      request.update_default_version === true ? latest_version : (request.default_version ?? 1);
    return { ...request, latest_version, default_version, template_versions };
  },
};
