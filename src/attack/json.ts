/** JSON from outside, read with care: a field that is missing or of another kind is simply not there. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [field: string]: Json };

/** May throw SyntaxError. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field's own value: `__proto__` and the like are fields as any other. */
export const field = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

export function textOf(object: JsonObject, name: string): string | null {
  const value = field(object, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

export const isTrue = (object: JsonObject, name: string): boolean => field(object, name) === true;

export function listOf(object: JsonObject, name: string): readonly Json[] {
  const value = field(object, name);
  return Array.isArray(value) ? value : [];
}

export const textsOf = (object: JsonObject, name: string): string[] =>
  listOf(object, name).filter((value) => typeof value === 'string');

export const objectsOf = (object: JsonObject, name: string): JsonObject[] => listOf(object, name).filter(isObject);
