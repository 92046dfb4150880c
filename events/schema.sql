-- The log. Only `log.append` writes it; positions are gapless and in commit order because the
-- single row of `log.head` stays locked until the batch commits.
create schema log;

create table log.head (
    one         boolean primary key default true check (one),
    size        bigint not null default 0,              -- number of events; the last position
    recorded_at timestamptz not null default '-infinity',
    edge        bytea not null default ''               -- right edge of the tree (events/tree.sql)
);
insert into log.head default values;

create table log.events (                               -- ordered so that little is lost to alignment
    position    bigint primary key,
    recorded_at timestamptz not null,                   -- milliseconds, never before its predecessor's
    stream      uuid not null,
    key         uuid,                                   -- of a command, at the first of its events:
    together    integer,                                -- so many events are of this command
    version     integer not null,
    topic       text collate "C" not null,
    party       text collate "C" not null,              -- the acting party
    leaf        bytea not null,                         -- what the tree has of it
    state       bytea not null,
    constraint one_version_each unique (stream, version)
) with (fillfactor = 100, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
create unique index once_each on log.events (key) where key is not null;
-- What is rare is found without reading all the rest: a fifth of a byte an event.
create index by_topic on log.events using brin (topic text_bloom_ops (n_distinct_per_range = 64))
    with (pages_per_range = 64, autosummarize = on);

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

-- The one way into the log: a batch of commands in one transaction. Each command's events are
-- written all or none; a command whose versions are not the next of their streams, or whose key is
-- known, is left out and named in the answer, and does not disturb the others. Versions begin with
-- 1 (0 is the library's) and have no hole; a command's events of one stream stand together.
-- One entry per event: `p_commands` counts from 1 and says which command it is of; `p_keys` and
-- `p_together` stand at the first event of a command that has a key, and are null elsewhere. A batch
-- must not hold the same key, or two commands on one stream (events/writer.py sees to it).
-- `p_hashes` are the SHA-256 of the states: whoever sends them has instructions for it, the server
-- often has not (a third of what the tree costs). A false one is a false entry, found by any verifier.
create function log.append(
    p_commands integer[], p_streams uuid[], p_versions integer[], p_topics text[],
    p_parties text[], p_states bytea[], p_hashes bytea[], p_keys uuid[], p_together integer[]
) returns table (
    size_before bigint, conflicts integer[], known integer[], firsts bigint[], lasts bigint[]
) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    was log.head;
    moment timestamptz;
    at bigint;                                          -- the same in milliseconds of Unix time
    out integer[];                                      -- commands left out
    many bigint;
    leaves bytea;
begin
    select * into was from log.head for update;
    size_before := was.size;
    select array_agg(k.command), array_agg(r.position), array_agg(r.position + r.together - 1)
        into known, firsts, lasts
        from unnest(p_commands, p_keys) k (command, key) join log.events r on r.key = k.key;
    -- Scalar subqueries: as `exists` under `or` the planner would hash the whole table for them.
    select array_agg(distinct e.command) into conflicts
        from unnest(p_commands, p_streams, p_versions)
            with ordinality e (command, stream, version, ord)
        where e.version <> 1 + case
            when p_streams[e.ord - 1] = e.stream then p_versions[e.ord - 1]
            else coalesce((
                select o.version from log.events o
                where o.stream = e.stream order by o.version desc limit 1
            ), -(e.version = 0)::int)
        end and (known is null or e.command <> all (known));
    out := conflicts || known;
    moment := greatest(date_trunc('milliseconds', clock_timestamp()), was.recorded_at);
    at := extract(epoch from moment) * 1000;
    if out is null then
        with added as (
            insert into log.events
                (position, recorded_at, stream, key, together, version, topic, party, leaf, state)
                select was.size + e.ord, moment,
                    e.stream, e.key, e.together, e.version, e.topic, e.party,
                    log.leaf(e.party, at, e.hash, e.version, e.stream, e.topic), e.state
                from unnest(
                    p_streams, p_keys, p_together, p_versions, p_topics, p_parties, p_hashes, p_states
                ) with ordinality e (stream, key, together, version, topic, party, hash, state, ord)
                returning position, leaf
        )
        select count(*), string_agg(leaf, ''::bytea order by position) into many, leaves from added;
    else
        with added as (
            insert into log.events
                (position, recorded_at, stream, key, together, version, topic, party, leaf, state)
                select was.size + row_number() over (order by e.ord), moment,
                    e.stream, e.key, e.together, e.version, e.topic, e.party,
                    log.leaf(e.party, at, e.hash, e.version, e.stream, e.topic), e.state
                from unnest(
                    p_commands, p_streams, p_keys, p_together, p_versions, p_topics, p_parties,
                    p_hashes, p_states
                ) with ordinality
                    e (command, stream, key, together, version, topic, party, hash, state, ord)
                where e.command <> all (out)
                returning position, leaf
        )
        select count(*), string_agg(leaf, ''::bytea order by position) into many, leaves from added;
    end if;
    if many = 0 then return next; return; end if;
    update log.head
        set size = was.size + many, recorded_at = moment, edge = log.grow(was.size, was.edge, leaves);
    perform pg_notify('gongzhi_log', (was.size + many)::text);
    return next;
end $$;

-- What is seen (built from the log, can be thrown away) and what sign-in needs.
create schema views;
create schema building;                                 -- views that are built anew beside them
create table views.tracking (
    name        text not null,
    version     integer not null,
    part        integer not null default 0,             -- 0 = what is shown; 1, 2, … = a rebuild's parts
    parts       integer not null default 1,             -- into so many the streams are divided
    position    bigint not null default 0,
    failed_at   bigint,                                 -- the event that stopped the view
    failure     text,
    primary key (name, version, part)
) with (fillfactor = 20);                               -- a few rows that change all the time
-- Moves builders from one position to the next; refuses where one of them is not there (any more).
create function views.advance(
    p_names text[], p_versions integer[], p_parts integer[], p_start bigint, p_end bigint
) returns void language plpgsql as $$
declare
    many integer;
begin
    update views.tracking set position = p_end
        where position = p_start and failed_at is null
        and (name, version, part) in (select * from unnest(p_names, p_versions, p_parts));
    get diagnostics many = row_count;
    if many <> cardinality(p_names) then
        raise exception 'built elsewhere' using errcode = 'GZ001';
    end if;
end $$;
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
    used_at     timestamptz not null default now(),
    id          uuid not null default gen_random_uuid() unique,  -- to be listed and ended by
    proven      boolean not null default true,          -- with the second factor too, where one is needed
    way         text not null default 'password',
    challenge   bytea,                                  -- what a passkey has to sign now
    agent       text not null default ''                -- browser and system, as she sees them listed
);
create index on desk.sessions (person);
create table desk.factors (                             -- what a person proves herself with besides
    id          uuid primary key default gen_random_uuid(),
    person      uuid not null,
    kind        text not null,                          -- totp, passkey
    label       text not null default '',
    secret      bytea,                                  -- of totp, sealed under the secret of the desk
    step        bigint not null default 0,              -- of totp: the last that was used
    credential  bytea unique,                           -- of passkey
    public_key  bytea,
    signs       bigint not null default 0,
    added_at    timestamptz not null default now(),
    used_at     timestamptz
);
create index on desk.factors (person);
create table desk.recovery (                            -- sha256 of codes of 80 random bits; used ones go
    person      uuid not null,
    code        bytea not null,
    primary key (person, code)
);
create table desk.tokens (                              -- with which programs of parties read the log
    id          uuid primary key default gen_random_uuid(),
    hash        bytea not null unique,                  -- sha256 of the token
    person      uuid not null,
    label       text not null,
    made_at     timestamptz not null default now(),
    used_at     timestamptz
);
create index on desk.tokens (person);
create table desk.invitations (                         -- the codes that work
    invitation  uuid primary key,
    code        bytea not null unique                   -- its hash
);
create table desk.providers (                           -- single sign-on, by party
    party       uuid primary key,
    issuer      text not null,
    client_id   text not null,
    secret      bytea not null                          -- sealed under the secret of the desk
);
create table desk.identities (                          -- whose account at a provider it is
    issuer      text not null,
    subject     text not null,
    person      uuid not null,
    primary key (issuer, subject)
);
create index on desk.identities (person);
create table desk.locks (                               -- names that were guessed at; unknown ones too
    sign_in     text primary key,
    at          timestamptz not null default now()
);
create table desk.attempts (                            -- wrong answers, to slow guessing down
    what        text not null,
    at          timestamptz not null default now()
);
create index on desk.attempts (what, at);
create index on desk.attempts (at);                     -- those that count no longer go
create table desk.saved_filters (                       -- of a list: its address, under a name
    id          uuid primary key default gen_random_uuid(),
    person      uuid not null,                          -- whose it is, while she acts for
    party       text not null,
    list        text not null,                          -- the path
    query       text not null,                          -- the filters, as in the address
    name        text not null,
    by_name     text not null,
    shared      boolean not null default false,         -- with everybody of the party
    made_at     timestamptz not null default now(),
    unique (person, party, list, name)
);
create index on desk.saved_filters (party, list) where shared;
create unlogged table desk.presence (                   -- who has which record open, for minutes
    record      uuid,
    person      uuid,
    party       text not null,
    name        text not null,
    since       timestamptz not null default now(),
    seen_at     timestamptz not null default now(),
    primary key (record, person)
);
create index on desk.presence (seen_at);                -- those that count no longer go
create table desk.messages (                            -- to consumers, until some days after they went
    id          uuid primary key default gen_random_uuid(),
    kind        text not null,
    subject     uuid not null,                          -- whose key opens it: the complaint; of codes the day
    number      text not null default '',
    cause       bigint,                                 -- the position of what it tells of
    sealed      bytea,                                  -- of a code: to whom and which
    mark        bytea,                                  -- of a code: of whom, to count how many she got
    way         text not null default '',
    carried_by  text not null default '',
    state       text not null default 'waiting',
    tries       integer not null default 0,
    error       text not null default '',               -- why the last try failed; nothing of her
    made_at     timestamptz not null default now(),
    due_at      timestamptz not null default now(),
    tried_at    timestamptz,
    unique (cause, kind)
);
create index on desk.messages (due_at) where state in ('waiting', 'retrying');
create index on desk.messages (made_at desc, id);
create index on desk.messages (state, made_at desc, id);
create index on desk.messages (subject);
create index on desk.messages (mark, made_at) where mark is not null;
create table desk.settings (key text primary key, value text not null);

-- The keys of persons, one for each in each matter (events/vault.py): apart from log and views, so
-- that they can be left out of backups that are kept for long.
create schema vault;
create table vault.keys (
    subject      uuid primary key,
    wrapped      bytea,                                 -- under a key-encryption key; null = destroyed
    kek          text collate "C" not null,             -- the name of that key
    destroyed_at timestamptz
) with (fillfactor = 90);
create index on vault.keys (kek, subject) where wrapped is not null;

-- The application's role: it may add to the log and read it, never change it.
grant usage on schema log, desk, vault to gongzhi_app;
grant select, insert, update on vault.keys to gongzhi_app;
grant select on log.events, log.head to gongzhi_app;
grant select, insert, update on log.numbers to gongzhi_app;
grant execute on function log.append to gongzhi_app;
grant select, insert, update, delete on all tables in schema desk to gongzhi_app;
grant usage, create on schema views, building to gongzhi_app;
grant select, insert, update, delete on views.tracking to gongzhi_app;
