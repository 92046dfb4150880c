-- The tree over the log (RFC 6962 §2.1): leaf i is the event at position i + 1. It grows in the
-- transaction of the append. Full tiles of 256 hashes are kept as C2SP tlog-tiles wants them; of
-- the events of a tile that is not full yet the hashes stand with the events. `log.head.edge` has
-- the hashes of the complete subtrees that make up the tree, the largest first: 63 at most.

create table log.tiles (
    level       smallint not null,                      -- 0 = hashes of events; 1 = of full tiles of 0; …
    index       bigint not null,
    hashes      bytea not null,                         -- 32 bytes each; a tile that is not full is a prefix
    primary key (level, index)
);
alter table log.tiles alter hashes set storage external;

create function log.refuse_other_tile() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.level = new.level and old.index = new.index
        and substr(new.hashes, 1, length(old.hashes)) = old.hashes then
        return new;
    end if;
    raise exception 'A tile only grows: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger only_grows before update or delete on log.tiles
    for each row execute function log.refuse_other_tile();
create trigger only_grows_truncate before truncate on log.tiles
    for each statement execute function log.refuse();

-- The hash of an event's entry, a small RFC 8785 object that tells nothing but who may already know:
-- events/proofs/entries.py makes the same bytes.
create function log.leaf(
    p_party text, p_milliseconds bigint, p_hash bytea, p_version integer, p_stream uuid, p_topic text
) returns bytea language sql stable parallel safe as $$
    select sha256('\x00'::bytea || convert_to(
        '{"a":' || to_json(p_party)::text || ',"at":' || p_milliseconds
        || ',"h":"' || encode(p_hash, 'base64') || '","n":' || p_version
        || ',"s":"' || p_stream || '","t":' || to_json(p_topic)::text || ',"v":1}', 'UTF8'))
$$;

-- The edge of the tree after more leaves; what becomes complete is kept in tiles. Level by level:
-- complete subtrees are paired, the first with the one that waits in the edge, the last waits there.
create function log.grow(p_size bigint, p_edge bytea, p_leaves bytea) returns bytea
language plpgsql as $$
declare
    nodes bytea := p_leaves;                            -- hashes of the new subtrees of this level
    many integer := length(p_leaves) / 32;
    first bigint := p_size;                             -- the index of the first of them
    upto bigint := p_size + many;
    rest bytea := p_edge;                               -- the edge from this level upwards
    edge bytea := '';                                   -- the new edge below this level
    level integer := 0;
begin
    if upto / 256 > p_size / 256 then
        insert into log.tiles (level, index, hashes)
            select 0, (e.position - 1) / 256, string_agg(e.leaf, ''::bytea order by e.position)
            from log.events e
            where e.position > p_size / 256 * 256 and e.position <= upto / 256 * 256
            group by 2;
    end if;
    while many > 0 loop
        if level > 0 and level % 8 = 0 then
            insert into log.tiles as old (level, index, hashes)
                select level / 8, tile, substr(nodes,
                    (greatest(tile * 256, first) - first)::int * 32 + 1,
                    (least(tile * 256 + 256, first + many) - greatest(tile * 256, first))::int * 32)
                from generate_series(first / 256, (first + many - 1) / 256) tile
                on conflict on constraint tiles_pkey do update set hashes = old.hashes || excluded.hashes;
        end if;
        if first % 2 = 1 then
            nodes := substr(rest, length(rest) - 31) || nodes;
            rest := substr(rest, 1, length(rest) - 32);
            many := many + 1;
        end if;
        if many % 2 = 1 then
            edge := substr(nodes, 32 * many - 31) || edge;
        end if;
        many := many / 2;
        first := first / 2;
        level := level + 1;
        if many > 0 then
            nodes := (
                select string_agg(sha256('\x01'::bytea || substr(nodes, 64 * pair + 1, 64)), ''::bytea)
                from generate_series(0, many - 1) pair);
        end if;
    end loop;
    return rest || edge;
end $$;

grant select on log.tiles to gongzhi_app;

-- Heads: what was signed of the tree, one for a size and never another; and who has witnessed them.
create table log.heads (
    size        bigint primary key,
    checkpoint  bytea not null,                         -- the signed note (C2SP tlog-checkpoint), verbatim
    signed_at   timestamptz not null default now()
);
create trigger append_only before update or delete on log.heads
    for each row execute function log.refuse();
create trigger append_only_truncate before truncate on log.heads
    for each statement execute function log.refuse();
grant select, insert on log.heads to gongzhi_app;

-- What each witness answered to each head: the first time it cosigned it, and the last.
create table log.cosignatures (
    size        bigint not null references log.heads,
    witness     text not null,                          -- its name in the policy
    line        text not null,                          -- the first signature line, verbatim
    cosigned_at timestamptz not null default now(),
    last_line   text not null,                          -- the last: that it was still the head then
    answered_at timestamptz not null default now(),
    primary key (size, witness)
);
grant select, insert, update (last_line, answered_at) on log.cosignatures to gongzhi_app;

-- Pages say of every act whether it is logged and witnessed.
create function log.tell_heads() returns trigger language plpgsql as $$
begin
    perform pg_notify('gongzhi_heads', '');
    return null;
end $$;
create trigger told after insert on log.heads for each statement execute function log.tell_heads();
create trigger told after insert on log.cosignatures
    for each statement execute function log.tell_heads();

-- What the log's own verification found, time after time.
create table log.checks (
    checked_at  timestamptz primary key default clock_timestamp(),
    seconds     double precision not null,
    size        bigint not null,                        -- events that were read
    heads       bigint not null,                        -- signed heads they were held against
    position    bigint,                                 -- the first that is not as it was; null = all are
    zh          text not null default '',               -- what is wrong with it
    en          text not null default ''
);
create trigger append_only before update or delete on log.checks
    for each row execute function log.refuse();
create trigger append_only_truncate before truncate on log.checks
    for each statement execute function log.refuse();
grant select, insert on log.checks to gongzhi_app;
