import { LOG_GROUP_NAME } from '../../../model/clouds/aws/logs';
import type { ProblemList } from '../../ground/problem-list';
import type { Infer } from '../../shape/shape';
import { map, optional, pattern, text } from '../../shape/shapes';
import type { Place } from '../../source/place';

/** The characters of a security group's name and description (EC2 API reference, CreateSecurityGroup). */
const GROUP_CHARACTERS = String.raw`a-zA-Z0-9. _\-:/\(\)#,@\[\]+=&;\{\}!$*`;

const GROUP_NAME = pattern(
  'a name of 1 to 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces that does not begin with sg- and is not default',
  `^(?![sS][gG]-|[dD][eE][fF][aA][uU][lL][tT]$)[${GROUP_CHARACTERS}]{1,255}$`,
  'ocs-portable-main',
);

const GROUP_DESCRIPTION = pattern(
  'a description of 1 to 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces',
  `^[${GROUP_CHARACTERS}]{1,255}$`,
  'Managed by Terraform',
);

/** EC2 API reference, CreateCustomerGateway. An existing gateway may have none. */
const DEVICE_NAME = pattern(
  'a name of up to 255 characters, or an empty text for a gateway without one',
  '^[^\\p{Cc}]{0,255}$',
);

const LOG_GROUP = pattern(
  'the name of a log group: 1 to 512 characters of A-Z a-z 0-9 . _ - / # that do not begin with aws/',
  LOG_GROUP_NAME.source,
);

/**
 * Names in the cloud that existing resources have. Each replaces its resource where it changes, so a network that is
 * imported keeps them.
 */
export const EXISTING_NAMES = map({
  security_group: optional(text(GROUP_NAME), 'Name of the security group'),
  security_group_description: optional(text(GROUP_DESCRIPTION), 'Description of the security group'),
  customer_gateway_device: optional(
    text(DEVICE_NAME),
    "Device name of the customer gateway; '' for one that has none",
  ),
  vpn_log_group: optional(text(LOG_GROUP), "Name of the log group of the VPN's logs"),
});

/** The names that existing resources keep; an absent one is made of the stack's id. */
export type ExistingNames = Infer<typeof EXISTING_NAMES>;

/** Refuses names of what is not built. */
export function checkExistingNames(create: Place, problems: ProblemList): void {
  const names = create.below('existing_names');
  const isWithout = (key: string, what: string, fix: string): void => {
    if (names.has(key))
      problems.error('unused-name', names.keyAt(key), `names what is not built: ${what}`, fix);
  };
  if (create.below('vpn').text === 'none') {
    isWithout('customer_gateway_device', 'there is vpn: none', 'remove it, or vpn: none');
    isWithout('vpn_log_group', 'there is vpn: none', 'remove it, or vpn: none');
  } else if (create.below('vpn', 'gateway').text === 'transit') {
    isWithout('customer_gateway_device', 'the hub has the VPN', 'remove it');
    isWithout('vpn_log_group', 'the hub has the VPN', 'remove it');
  } else if (create.below('vpn', 'logs').text === 'none') {
    isWithout('vpn_log_group', 'there is vpn.logs: none', 'remove it, or vpn.logs: none');
  }
}
