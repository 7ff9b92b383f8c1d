import { ValueError } from '../../value-error';

/** azurerm, `azurerm_network_security_rule.description`: "Restricted to 140 characters". */
const LONGEST = 140;

/** @throws {@link ValueError} when Azure would refuse the description of a rule */
export function checkDescription(description: string): void {
  if (description.length > LONGEST)
    throw new ValueError(`a description of at most ${LONGEST} characters`, description);
}
