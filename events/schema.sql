-- The log. Only `log.append` writes it; positions are gapless and in commit order because the
-- single row of `log.head` stays locked until the batch commits.
create schema log;

create table log.head (
    one         boolean primary key default true check (one),
    size        bigint not null default 0,              -- number of events; the last position
    recorded_at timestamptz not null default '-infinity',
    edge        bytea not null default ''               -- right edge of the tree over the log
);
insert into log.head default values;

create table log.events (
    position    bigint primary key,
    stream      uuid not null,
    version     integer not null,
    recorded_at timestamptz not null,                   -- milliseconds, never before its predecessor's
    topic       text collate "C" not null,
    party       text collate "C" not null,              -- the acting party
    state       bytea not null,
    constraint one_version_each unique (stream, version)
) with (fillfactor = 100, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

create table log.repeats (                              -- idempotency keys and what they led to
    key         bytea primary key,
    first       bigint not null,
    last        bigint not null
);

create table log.numbers (                              -- running numbers of records, per series
    series      text primary key,
    last        bigint not null
);

create function log.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'The log is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on log.events
    for each row execute function log.refuse();
create trigger append_only_truncate before truncate on log.events
    for each statement execute function log.refuse();

-- Appends one or more events, all or nothing. A version that is already taken raises
-- unique_violation (23505) on one_version_each; a key that is known returns what it led to.
create function log.append(
    p_streams uuid[], p_versions integer[], p_topics text[], p_parties text[], p_states bytea[],
    p_key bytea default null
) returns table (first_position bigint, last_position bigint, repeated boolean)
language plpgsql as $$
declare
    was log.head;
    moment timestamptz;
    many bigint := cardinality(p_streams);
begin
    select * into was from log.head for update;
    if p_key is not null then
        return query select r.first, r.last, true from log.repeats r where r.key = p_key;
        if found then return; end if;
    end if;
    moment := greatest(date_trunc('milliseconds', clock_timestamp()), was.recorded_at);
    insert into log.events (position, stream, version, recorded_at, topic, party, state)
        select was.size + e.ord, e.stream, e.version, moment, e.topic, e.party, e.state
        from unnest(p_streams, p_versions, p_topics, p_parties, p_states)
            with ordinality as e (stream, version, topic, party, state, ord)
        order by e.ord;
    update log.head set size = was.size + many, recorded_at = moment;
    if p_key is not null then
        insert into log.repeats values (p_key, was.size + 1, was.size + many);
    end if;
    perform pg_notify('gongzhi_log', (was.size + many)::text);
    return query select was.size + 1, was.size + many, false;
end $$;

-- What is seen (built from the log, can be thrown away) and what sign-in needs.
create schema views;
create table views.tracking (
    name        text not null,
    version     integer not null,
    position    bigint not null default 0,
    failed_at   bigint,                                 -- the event that stopped the view
    failure     text,
    primary key (name, version)
);
create schema desk;
create table desk.credentials (
    person      uuid primary key,
    sign_in     text not null unique,                   -- what the person types, lower case
    password    text not null,                          -- argon2id
    disabled    boolean not null default false
);
create table desk.sessions (
    id_hash     bytea primary key,                      -- sha256 of the cookie's random id
    person      uuid not null,
    party       uuid,                                   -- the party she now acts for
    started_at  timestamptz not null default now(),
    used_at     timestamptz not null default now()
);
create index on desk.sessions (person);
create table desk.attempts (                            -- wrong answers, to slow guessing down
    what        text not null,
    at          timestamptz not null default now()
);
create index on desk.attempts (what, at);
create index on desk.attempts (at);                     -- those that count no longer go
create table desk.settings (key text primary key, value text not null);

-- The application's role: it may add to the log and read it, never change it.
grant usage on schema log, desk to gongzhi_app;
grant select, insert on log.events, log.repeats to gongzhi_app;
grant select, update on log.head to gongzhi_app;
grant select, insert, update on log.numbers to gongzhi_app;
grant execute on function log.append to gongzhi_app;
grant select, insert, update, delete on all tables in schema desk to gongzhi_app;
grant usage, create on schema views to gongzhi_app;
grant select, insert, update, delete on views.tracking to gongzhi_app;
