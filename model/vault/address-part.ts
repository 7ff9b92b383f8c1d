/** A name as a part of a resource address: other characters than letters, digits, _ and - by their code. */
export function addressPart(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
