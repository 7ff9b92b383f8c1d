import { isIPv4 } from 'node:net';
import { locationName } from '../../../model/clouds/azure/locations';
import { isList, isObject, type ObjectValue, type Value } from '../../protocol/values';
import type { ValueRules } from '../../provider/value-rules';
import { isApipa } from '../bgp';
import { GATEWAY_SKUS } from '../gateway-skus';
import { NODE_DEMANDS, NODE_DOCUMENTED } from './node-values';

/** Whether a text is an id whose static segments are those of the example in a message. */
function isLike(text: string, example: string): boolean {
  const [wanted, given] = [example.split('/'), text.split('/')];
  const isStatic = (segment: string, index: number) => index % 2 === 1 || /^Microsoft\./.test(segment);
  return (
    given.length === wanted.length &&
    wanted.every((segment, index) =>
      isStatic(segment, index) ? given[index] === segment : (given[index] ?? '') !== '' || index === 0,
    )
  );
}

const NETWORK = '/subscriptions/S/resourceGroups/G/providers/Microsoft.Network';
const FLOW_LOG_TARGETS = [
  `${NETWORK}/virtualNetworks/N`,
  `${NETWORK}/virtualNetworks/N/subnets/S`,
  `${NETWORK}/networkInterfaces/N`,
  `${NETWORK}/networkSecurityGroups/N`,
];

const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/** The element of a prior list with the same name, which the provider finds by its hash. */
function named(before: Value | undefined, name: Value): ObjectValue | undefined {
  return isList(before) ? before.filter(isObject).find((element) => element.name === name) : undefined;
}

/** Whether two times are in one minute, which is all that the provider compares of a schedule's times. */
function isSameMinute(one: string, other: Value | undefined): boolean {
  const minute = (time: string) => Math.floor(Date.parse(time) / 60_000);
  return typeof other === 'string' && minute(one) === minute(other);
}

/** How hashicorp/azurerm treats ids, names, locations, and the lists of a virtual network's subnets. */
export const AZURE_VALUES: ValueRules = {
  documented: {
    ...NODE_DOCUMENTED,
    azurerm_virtual_network_gateway: {
      'ip_configuration.subnet_id': [
        'expected "{name}" to reference a gateway subnet with name GatewaySubnet',
      ],
    },
  },
  demands: [
    // A flow log takes a target of any of four types, of which the recorded message names one.
    [
      /parsing the NetworkInterface ID/,
      (value) => FLOW_LOG_TARGETS.some((example) => isLike(value, example)),
    ],
    [
      /parsing the \w+ ID: .* > (\/subscriptions\/\S+) However/,
      (value, match) => isLike(value, match[1] ?? ''),
    ],
    [/as a resource id: cannot parse Azure ID/, (value) => value.startsWith('/subscriptions/')],
    [/as an VirtualNetworkGatewayIpConfiguration ID/, (value) => /\/ipConfigurations\/[^/]+$/.test(value)],
    [
      /may only contain alphanumeric characters, dash, underscores, parentheses and periods/,
      (value) => value.length <= 90 && /^[-\w._()]+$/.test(value) && !value.endsWith('.'),
    ],
    [/(should be|must be)? ?between 1 (and|-) 80 characters/, (value) => NAME.test(value)],
    [/the \{name\} can be up to 80 characters long/, (value) => /^\w([\w.-]{0,78}\w)?$/.test(value)],
    [/invalid notation of bgp community/, (value) => /^\d+:\d+$/.test(value)],
    [/\{name\} must contain only lowercase/, (value) => /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value)],
    [/is not within Azure reserved APIPA range/, (value) => isIPv4(value) && isApipa(value)],
    // The provider takes a SKU of any of three lists, of which the recorded message names one.
    [/one of \["Standard" "HighPerformance" "UltraPerformance"/, (value) => GATEWAY_SKUS.includes(value)],
    // The recording has the beginnings of these two lists only.
    [/one of \["GitHub\.Network\/networkSettings"/, (value) => /^\w+(\.\w+)+(\/\w+)+$/.test(value)],
    [/one of \["Microsoft\.Network\/networkinterfaces/, (value) => /^Microsoft\.\w+\//.test(value)],
    [/must be a string that represents a positive number/, (value) => /^[1-9]\d*$/.test(value)],
    [
      /to reference a gateway subnet with name GatewaySubnet/,
      (value) => value.endsWith('/subnets/GatewaySubnet'),
    ],
    [/to be a valid UUID/, (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)],
    [/to be a valid CIDR Value/, (value) => /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(value)],
    ...NODE_DEMANDS,
  ],
  plannedText: ({ name }, path, configured, before) => {
    if (name === 'azurerm_automation_schedule' && /^(start|expiry)_time$/.test(path))
      return isSameMinute(configured, before) ? before : undefined;
    return /(^|\.)(location|workspace_region)$/.test(path) ? locationName(configured) : undefined;
  },
  plannedList: ({ name }, path, planned, before) =>
    name === 'azurerm_virtual_network' && path === 'subnet'
      ? planned.map((element) =>
          isObject(element)
            ? { ...element, id: named(before, element.name ?? null)?.id ?? element.id ?? null }
            : element,
        )
      : planned,
};
