import { type Attributes, flag, number, objects, text } from '../provider/attributes';
import { AzureError, ProviderError } from './azure-error';
import type { Image } from './images';
import { sshKeyFault } from './ssh-key';

/** Azure's limit of custom data: 65535 bytes, in Base64. */
const LONGEST_CUSTOM_DATA = 87_380;

/** Names that no administrator may have (azurerm, `validate.LinuxAdminUsername`). */
export const DISALLOWED_ADMINISTRATORS: readonly string[] = [
  ...[
    'administrator',
    'admin',
    'user',
    'user1',
    'test',
    'user2',
    'test1',
    'user3',
    'admin1',
    '1',
    '123',
    'a',
  ],
  ...['actuser', 'adm', 'admin2', 'aspnet', 'backup', 'console', 'david', 'guest', 'john', 'owner', 'root'],
  ...['server', 'sql', 'support', 'support_388945a0', 'sys', 'test2', 'test3', 'user4', 'user5'],
];

/** @throws {@link AzureError} if the administrator has a name that Azure does not allow */
export function checkAdministrator(name: string): void {
  if (DISALLOWED_ADMINISTRATORS.includes(name))
    throw new AzureError('InvalidParameter', 'The Admin Username specified is not allowed.');
}

/** Sizes of Arm processors have a `p` among the letters behind the number: `Standard_D2ps_v5`. */
const ARM_SIZE = /^Standard_[A-Z]+\d+(-\d+)?[a-z]*p[a-z]*(_|$)/;

/** @throws {@link AzureError} if the size is none, or its processor cannot run the image */
export function checkSize(size: string, image: Image | undefined): void {
  if (!/^(Standard|Basic)_[A-Z]+\d+\w*(-\d+\w*)?$/.test(size))
    throw new AzureError('InvalidParameter', `The value ${size} provided for the VM size is not valid.`);
  const architecture = ARM_SIZE.test(size) ? 'Arm64' : 'x64';
  if (image === undefined || image.architecture === architecture) return;
  throw new AzureError(
    'BadRequest',
    `Cannot create a VM of size '${size}' because this VM size only supports a CPU Architecture of '${architecture}', but an image or disk with CPU Architecture '${image.architecture}' was given. Please check that the CPU Architecture of the image or disk is compatible with that of the VM size.`,
  );
}

/** @throws {@link AzureError} if the OS disk is smaller than its image */
export function checkDiskSize(sizeGb: number | undefined, image: Image | undefined): void {
  if (sizeGb === undefined || image === undefined || sizeGb >= image.sizeGb) return;
  throw new AzureError(
    'OperationNotAllowed',
    `The specified disk size ${sizeGb} GB is smaller than the size of the corresponding disk in the VM image: ${image.sizeGb} GB. This is not allowed. Please choose equal or greater size or do not specify an explicit size.`,
    409,
  );
}

/** @throws {@link AzureError} if the custom data is longer than Azure takes */
export function checkCustomData(base64: string): void {
  if (base64.length <= LONGEST_CUSTOM_DATA) return;
  throw new AzureError(
    'InvalidParameter',
    `Custom data in OSProfile must be in Base64 encoding and with a maximum length of ${LONGEST_CUSTOM_DATA} characters.`,
  );
}

/** @throws {@link AzureError} if a key is none that Azure takes, or for another user than the administrator */
export function checkSshKeys(keys: readonly Attributes[], administrator: string): void {
  if (keys.some((key) => sshKeyFault(text(key, 'public_key')) !== undefined))
    throw new AzureError(
      'InvalidParameter',
      'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.',
    );
  const other = keys.find((key) => text(key, 'username') !== administrator);
  if (other === undefined) return;
  throw new AzureError(
    'InvalidParameter',
    `Destination path for SSH public keys is currently limited to its default value /home/${administrator}/.ssh/authorized_keys  due to a known issue in Linux provisioning agent.`,
  );
}

/** @throws {@link AzureError} if the machine shall start by trusted launch, and its image cannot */
export function checkTrustedLaunch(request: Attributes, image: Image | undefined): void {
  const isTrusted = flag(request, 'secure_boot_enabled') || flag(request, 'vtpm_enabled');
  if (!isTrusted || image === undefined || image.generation === 2) return;
  throw new AzureError(
    'BadRequest',
    'Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.',
  );
}

/** @throws {@link ProviderError} if arguments of spot machines are set for regular ones, or missing for spot ones */
export function checkSpot(request: Attributes): void {
  const isSpot = text(request, 'priority') === 'Spot';
  const policy = text(request, 'eviction_policy');
  if (policy !== '' && !isSpot)
    throw new ProviderError('an `eviction_policy` can only be specified when `priority` is set to `Spot`');
  if (policy === '' && isSpot)
    throw new ProviderError('an `eviction_policy` must be specified when `priority` is set to `Spot`');
  if ((number(request, 'max_bid_price') ?? -1) > 0 && !isSpot)
    throw new ProviderError('`max_bid_price` can only be configured when `priority` is set to `Spot`');
}

/** @throws {@link ProviderError} if nobody could log in, or arguments about the agent contradict each other */
export function checkLogIn(request: Attributes): void {
  const takesPasswords = request.disable_password_authentication === false;
  if (!takesPasswords && objects(request, 'admin_ssh_key').length === 0)
    throw new ProviderError(
      'at least one `admin_ssh_key` must be specified when `disable_password_authentication` is set to `true`',
    );
  if (takesPasswords && text(request, 'admin_password') === '')
    throw new ProviderError(
      'an `admin_password` must be specified if `disable_password_authentication` is set to `false`',
    );
  if (request.provision_vm_agent === false && request.allow_extension_operations !== false)
    throw new ProviderError(
      '`allow_extension_operations` cannot be set to `true` when `provision_vm_agent` is set to `false`',
    );
}
