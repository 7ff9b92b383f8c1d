/** What stands for a secret wherever its value is not shown. */
export const MASK = '(sensitive)';
