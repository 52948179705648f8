import { parse } from 'protobufjs'

/**
 * Sparkplug B's payload (Sparkplug 3.0, 6.4.1), without its room for extensions. Values of eight, sixteen and thirty-two bits go in
 * `int_value`, those of sixty-four in `long_value`, arrays in `bytes_value`.
 */
const DEFINITION = `
syntax = "proto2";
message Payload {
  message Parameter {
    optional string name = 1;
    optional uint32 type = 2;
    oneof value { uint32 int_value = 3; uint64 long_value = 4; float float_value = 5; double double_value = 6; bool boolean_value = 7; string string_value = 8; }
  }
  message Template {
    optional string version = 1;
    repeated Metric metrics = 2;
    repeated Parameter parameters = 3;
    optional string template_ref = 4;
    optional bool is_definition = 5;
  }
  message DataSetValue {
    oneof value { uint32 int_value = 1; uint64 long_value = 2; float float_value = 3; double double_value = 4; bool boolean_value = 5; string string_value = 6; }
  }
  message Row { repeated DataSetValue elements = 1; }
  message DataSet {
    optional uint64 num_of_columns = 1;
    repeated string columns = 2;
    repeated uint32 types = 3;
    repeated Row rows = 4;
  }
  message PropertyValue {
    optional uint32 type = 1;
    optional bool is_null = 2;
    oneof value { uint32 int_value = 3; uint64 long_value = 4; float float_value = 5; double double_value = 6; bool boolean_value = 7; string string_value = 8; PropertySet propertyset_value = 9; PropertySetList propertysets_value = 10; }
  }
  message PropertySet { repeated string keys = 1; repeated PropertyValue values = 2; }
  message PropertySetList { repeated PropertySet propertyset = 1; }
  message MetaData {
    optional bool is_multi_part = 1;
    optional string content_type = 2;
    optional uint64 size = 3;
    optional uint64 seq = 4;
    optional string file_name = 5;
    optional string file_type = 6;
    optional string md5 = 7;
    optional string description = 8;
  }
  message Metric {
    optional string name = 1;
    optional uint64 alias = 2;
    optional uint64 timestamp = 3;
    optional uint32 datatype = 4;
    optional bool is_historical = 5;
    optional bool is_transient = 6;
    optional bool is_null = 7;
    optional MetaData metadata = 8;
    optional PropertySet properties = 9;
    oneof value { uint32 int_value = 10; uint64 long_value = 11; float float_value = 12; double double_value = 13; bool boolean_value = 14; string string_value = 15; bytes bytes_value = 16; DataSet dataset_value = 17; Template template_value = 18; }
  }
  optional uint64 timestamp = 1;
  repeated Metric metrics = 2;
  optional uint64 seq = 3;
  optional string uuid = 4;
  optional bytes body = 5;
}`

export const SPARKPLUG_PAYLOAD = parse(DEFINITION, { keepCase: true }).root.lookupType('Payload')

/** The value of a metric, a parameter or a cell, in the one field that was sent. */
export interface WireValue {
  readonly int_value?: number
  readonly long_value?: number | bigint
  readonly float_value?: number
  readonly double_value?: number
  readonly boolean_value?: boolean
  readonly string_value?: string
}

export interface WireParameter extends WireValue {
  readonly name?: string
  readonly type?: number
}

export interface WireTemplate {
  readonly version?: string
  readonly metrics?: readonly WireMetric[]
  readonly parameters?: readonly WireParameter[]
  readonly template_ref?: string
  readonly is_definition?: boolean
}

export interface WireDataSet {
  readonly num_of_columns?: number | bigint
  readonly columns?: readonly string[]
  readonly types?: readonly number[]
  readonly rows?: readonly { readonly elements?: readonly WireValue[] }[]
}

export interface WireProperty extends WireValue {
  readonly type?: number
  readonly is_null?: boolean
  readonly propertyset_value?: WirePropertySet
  readonly propertysets_value?: { readonly propertyset?: readonly WirePropertySet[] }
}

export interface WirePropertySet {
  readonly keys?: readonly string[]
  readonly values?: readonly WireProperty[]
}

export interface WireMetric extends WireValue {
  readonly name?: string
  readonly alias?: number | bigint
  readonly timestamp?: number | bigint
  readonly datatype?: number
  readonly is_historical?: boolean
  readonly is_transient?: boolean
  readonly is_null?: boolean
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly properties?: WirePropertySet
  readonly bytes_value?: Uint8Array
  readonly dataset_value?: WireDataSet
  readonly template_value?: WireTemplate
}

export interface WirePayload {
  readonly timestamp?: number | bigint
  readonly metrics?: readonly WireMetric[]
  readonly seq?: number | bigint
  readonly uuid?: string
  readonly body?: Uint8Array
}
