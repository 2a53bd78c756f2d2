import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'

export interface ClickHouseShard {
  host: string
  tcpPort: number
}

export interface PrivateClickHouseSetup {
  /** The folder of this engine; its data lie in `data` below it. */
  directory: string
  memoryBytes: number
  writerPassword: string
  readerPassword: string
  /** What each HTTP request must carry in the header `gateHeader`. */
  gate?: string
  cluster?: { name: string; shards: readonly ClickHouseShard[]; secret: string }
}

/** Without this secret the passwordless user of the engine's own session would be open to every process of the machine. */
export const gateHeader = 'X-Binnacle-Gate'
export const writerUser = 'binnacle'
export const readerUser = 'binnacle_reader'

/** What a reader may set for one query; everything else, limits above these among it, is refused by the engine. */
const readerMaySet = [
  'max_threads',
  'max_block_size',
  'max_insert_threads',
  'max_final_threads',
  'max_streams_to_max_threads_ratio',
  'max_bytes_before_external_group_by',
  'max_bytes_before_external_sort',
  'group_by_two_level_threshold',
  'max_bytes_ratio_before_external_group_by',
  'max_bytes_ratio_before_external_sort',
  'max_result_rows',
  'max_result_bytes',
  'result_overflow_mode',
  'max_rows_to_read',
  'read_overflow_mode',
  'log_comment',
  'join_algorithm',
  'join_use_nulls',
  'join_default_strictness',
  'query_plan_join_swap_table',
  'query_plan_optimize_join_order_limit',
  'transform_null_in',
  'final',
  'group_by_use_nulls',
  'aggregate_functions_null_for_empty',
  'union_default_mode',
  'prefer_localhost_replica',
  'skip_unavailable_shards',
  'distributed_product_mode',
  'distributed_group_by_no_merge',
  'distributed_push_down_limit',
  'optimize_distributed_group_by_sharding_key',
  'optimize_skip_unused_shards',
  'optimize_aggregation_in_order',
  'optimize_read_in_order',
  'optimize_move_to_prewhere',
  'do_not_merge_across_partitions_select_final',
  'max_parallel_replicas',
  'enable_analyzer',
  'compile_expressions',
  'min_count_to_compile_expression',
  'use_query_cache',
  'use_uncompressed_cache',
  'decimal_check_overflow',
  'session_timezone',
  'date_time_output_format',
  'date_time_input_format',
  'output_format_json_quote_64bit_integers',
  'output_format_json_quote_decimals',
  'output_format_json_quote_denormals',
  'output_format_json_quote_64bit_floats',
  'output_format_json_named_tuples_as_objects',
  'output_format_decimal_trailing_zeros',
  'output_format_csv_crlf_end_of_line',
  'format_csv_delimiter',
  'format_csv_null_representation',
  'format_tsv_null_representation',
  'output_format_parquet_compression_method',
  'output_format_parquet_string_as_string',
  'output_format_parquet_row_group_size',
  'enable_http_compression',
  'http_response_buffer_size',
  'http_wait_end_of_query',
  'http_headers_progress_interval_ms',
  'send_progress_in_http_headers',
  'cancel_http_readonly_queries_on_client_close',
  'add_http_cors_header',
] as const

const readerMaxSeconds = 600

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function clusterXml(setup: PrivateClickHouseSetup): string {
  if (setup.cluster === undefined) return ''
  const { name, secret, shards } = setup.cluster
  const entries = shards.map(
    ({ host, tcpPort }) =>
      `<shard><internal_replication>true</internal_replication><replica><host>${escapeXml(host)}</host><port>${tcpPort}</port></replica></shard>`,
  )
  // With a secret the far shard runs a query as the user who asked here, with that user's own grants and limits.
  return `<remote_servers replace="1"><${name}><secret>${escapeXml(secret)}</secret>${entries.join('')}</${name}></remote_servers>`
}

function gateXml({ gate }: PrivateClickHouseSetup): string {
  if (gate === undefined) return ''
  return `<http_handlers><rule>
    <methods>POST,GET</methods><headers><${gateHeader}>${escapeXml(gate)}</${gateHeader}></headers>
    <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
  </rule></http_handlers>`
}

/** The server's own configuration. The four fsync settings: without the last two a merge rewrites synced parts into unsynced ones. */
export function serverConfig(setup: PrivateClickHouseSetup): string {
  const directory = escapeXml(setup.directory)
  return `<clickhouse>
  <logger><level>none</level><console>0</console></logger>
  <users_config>${directory}/users.xml</users_config>
  <user_files_path>${directory}/files/</user_files_path>
  <format_schema_path>${directory}/files/</format_schema_path>
  <backups><allowed_path>${directory}/backups/</allowed_path></backups>
  <remote_url_allow_hosts></remote_url_allow_hosts>
  <timezone>UTC</timezone>
  <max_server_memory_usage>${setup.memoryBytes}</max_server_memory_usage>
  <mark_cache_size>${Math.floor(setup.memoryBytes / 16)}</mark_cache_size>
  <primary_index_cache_size>${Math.floor(setup.memoryBytes / 32)}</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <mmap_cache_size>0</mmap_cache_size>
  <compiled_expression_cache_size>33554432</compiled_expression_cache_size>
  <query_cache><max_size_in_bytes>33554432</max_size_in_bytes></query_cache>
  <max_concurrent_queries>200</max_concurrent_queries>
  <keep_alive_timeout>30</keep_alive_timeout>
  <merge_tree>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    <min_rows_to_fsync_after_merge>1</min_rows_to_fsync_after_merge>
    <min_compressed_bytes_to_fsync_after_merge>1</min_compressed_bytes_to_fsync_after_merge>
    <non_replicated_deduplication_window>10000</non_replicated_deduplication_window>
    <max_suspicious_broken_parts>1000000</max_suspicious_broken_parts>
    <old_parts_lifetime>60</old_parts_lifetime>
  </merge_tree>
  <access_control_improvements>
    <settings_constraints_replace_previous>true</settings_constraints_replace_previous>
    <select_from_system_db_requires_grant>true</select_from_system_db_requires_grant>
    <select_from_information_schema_requires_grant>true</select_from_information_schema_requires_grant>
  </access_control_improvements>
  ${gateXml(setup)}
  ${clusterXml(setup)}
</clickhouse>
`
}

function profilesXml(setup: PrivateClickHouseSetup): string {
  const perQuery = Math.floor(setup.memoryBytes * 0.7)
  const common = `<async_insert>0</async_insert><max_memory_usage>${perQuery}</max_memory_usage>
      <max_bytes_before_external_group_by>${Math.floor(perQuery / 2)}</max_bytes_before_external_group_by>
      <max_bytes_before_external_sort>${Math.floor(perQuery / 2)}</max_bytes_before_external_sort>
      <max_threads>${availableParallelism()}</max_threads>
      <http_max_field_value_size>268435456</http_max_field_value_size><http_max_uri_size>16777216</http_max_uri_size>
      <log_queries>0</log_queries><allow_introspection_functions>0</allow_introspection_functions>
      <distributed_foreground_insert>1</distributed_foreground_insert><distributed_ddl_task_timeout>60</distributed_ddl_task_timeout>`
  const changeable = readerMaySet.map((name) => `<${name}><changeable_in_readonly/></${name}>`).join('')
  return `<profiles>
    <default>${common}</default>
    <session><max_execution_time>0</max_execution_time></session>
    <reader>${common}<readonly>1</readonly><max_execution_time>60</max_execution_time>
      <constraints>${changeable}
        <max_execution_time><min>1</min><max>${readerMaxSeconds}</max><changeable_in_readonly/></max_execution_time>
        <max_memory_usage><min>1</min><max>${perQuery}</max><changeable_in_readonly/></max_memory_usage>
      </constraints></reader>
  </profiles>`
}

const grantsXml = (grants: readonly string[]): string => `<grants>${grants.map((grant) => `<query>GRANT ${grant}</query>`).join('')}</grants>`

/**
 * The users. `default` without a password is the engine's own session, which keeps it alive: it may start and stop the
 * listener and see no data. The writer owns the databases named binnacle*, the reader selects from them.
 */
export function usersConfig(setup: PrivateClickHouseSetup): string {
  const remote = setup.cluster === undefined ? [] : ['READ ON REMOTE', 'CREATE TEMPORARY TABLE ON *.*']
  const writerGrants = [
    'SHOW, SELECT, INSERT, ALTER, CREATE, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, CHECK, BACKUP, dictGet ON binnacle*.*',
    'SELECT ON system.*',
    'CREATE TEMPORARY TABLE, KILL QUERY ON *.*',
    'SYSTEM MERGES, SYSTEM TTL MERGES, SYSTEM FLUSH DISTRIBUTED, SYSTEM DROP CACHE, SYSTEM RELOAD DICTIONARY, SYSTEM SYNC REPLICA ON *.*',
    'TABLE ENGINE ON *',
    ...(setup.cluster === undefined ? [] : ['READ, WRITE ON REMOTE']),
  ]
  const readerGrants = ['SELECT, dictGet ON binnacle*.*', ...remote]
  const user = (name: string, credentials: string, profile: string, grants: readonly string[]): string =>
    `<${name}>${credentials}<networks><ip>127.0.0.1</ip><ip>::1</ip></networks><profile>${profile}</profile><quota>default</quota>${grantsXml(grants)}</${name}>`
  const password = (secret: string): string => `<password_sha256_hex>${sha256(secret)}</password_sha256_hex>`
  return `<clickhouse>
  ${profilesXml(setup)}
  <quotas><default></default></quotas>
  <users>
    ${user('default', '<password></password>', 'session', ['SYSTEM LISTEN ON *.*'])}
    ${user(writerUser, password(setup.writerPassword), 'default', writerGrants)}
    ${user(readerUser, password(setup.readerPassword), 'reader', readerGrants)}
  </users>
</clickhouse>
`
}
