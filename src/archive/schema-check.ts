import { isObject } from './json.ts';

/**
 * The first place where a value does not fit a JSON Schema, as `path: what is wrong`; null where it fits. Knows the
 * keywords that the schemas of this project use: type, const, enum, pattern, minimum, maxLength, required,
 * properties, additionalProperties, items, oneOf.
 */
export function schemaFault(value: unknown, schema: unknown, path = ''): string | null {
  if (!isObject(schema)) return null;
  return (
    plainFault(value, schema, path) ??
    objectFault(value, schema, path) ??
    itemsFault(value, schema, path) ??
    choiceFault(value, schema, path)
  );
}

function plainFault(value: unknown, schema: Record<string, unknown>, path: string): string | null {
  const at = path === '' ? 'the whole' : path;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return `${at} is not ${types.join(' or ')}`;
  if ('const' in schema && value !== schema.const) return `${at} is not ${JSON.stringify(schema.const)}`;
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return `${at} is none of the allowed values`;
  if (typeof value === 'string') {
    if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(value))
      return `${at} has not the right form`;
    if (typeof schema.maxLength === 'number' && value.length > schema.maxLength) return `${at} is too long`;
  }
  if (typeof value === 'number' && typeof schema.minimum === 'number' && value < schema.minimum)
    return `${at} is too small`;
  return null;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function objectFault(value: unknown, schema: Record<string, unknown>, path: string): string | null {
  if (!isObject(value)) return null;
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const missing = required.find((name) => typeof name === 'string' && !Object.hasOwn(value, name));
  if (missing !== undefined) return `${path}/${missing} is missing`;
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(properties, name)) {
      const fault = schemaFault(member, properties[name], `${path}/${name}`);
      if (fault !== null) return fault;
    } else if (schema.additionalProperties === false) return `${path}/${name} is unknown`;
  }
  return null;
}

function itemsFault(value: unknown, schema: Record<string, unknown>, path: string): string | null {
  if (!Array.isArray(value) || schema.items === undefined) return null;
  for (const [index, item] of value.entries()) {
    const fault = schemaFault(item, schema.items, `${path}/${index}`);
    if (fault !== null) return fault;
  }
  return null;
}

function choiceFault(value: unknown, schema: Record<string, unknown>, path: string): string | null {
  if (!Array.isArray(schema.oneOf)) return null;
  const fitting = schema.oneOf.filter((choice) => schemaFault(value, choice, path) === null);
  return fitting.length === 1 ? null : `${path} fits ${fitting.length} of the allowed forms, not one`;
}
