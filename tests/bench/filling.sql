-- Rows for measuring pages; see filling.py. `i` counts the rows of a table, `r` is by chance.
-- The id of the nth of a kind.
create or replace function pg_temp.id(kind text, nth bigint) returns text
    immutable language sql return md5(kind || nth)::uuid::text;

-- One of so many, the first the most often: of 95 the first comes up in every fifth case.
create or replace function pg_temp.nth(many int, power float default 3) returns int
    volatile language sql return least(floor(many * pow(random(), power))::int, many - 1);

create or replace function pg_temp.one(of text[], i bigint) returns text
    immutable language sql return of[1 + i % cardinality(of)];

-- A number that has nothing to do with the order of the rows, the same each time.
create or replace function pg_temp.chance(i bigint) returns bigint
    immutable language sql return hashint8(i)::bigint & 1048575;

create or replace function pg_temp.company(i bigint) returns text
    immutable language sql return
        pg_temp.one(array['福州', '厦门', '泉州', '漳州', '莆田', '宁德', '三明', '南平', '龙岩'], i)
        || case when i % 5000 = 7 then '武夷百货' else pg_temp.one(
            array['鼓楼', '永辉', '万家', '恒安', '海峡', '兴业', '新华', '同春'], i / 9) end || i
        || pg_temp.one(array['超市', '电动车行', '家电', '食品', '汽车修理', '鞋服', '网络'], i / 5)
        || pg_temp.one(array['有限公司', '有限公司', '经营部', '店'], i / 3);

create or replace function pg_temp.place(i bigint) returns text
    immutable language sql return '35' || lpad((1 + i % 9)::text, 2, '0')
        || lpad((1 + (i / 9) % 10)::text, 2, '0');

create or replace function pg_temp.day(i bigint) returns date
    immutable language sql return date '2026-11-20' - ((:size - i) * 1500 / :size)::int;

create or replace function pg_temp.number(series text, i bigint) returns text
    immutable language sql return series || '-2026-' || lpad(i::text, 7, '0') || '-7';

insert into :directory.parties
    select pg_temp.id(kind, i), kind, pg_temp.place(i) || words || i, 'county', pg_temp.place(i),
        '福建省', pg_temp.id('regulator', 0), '福建省市场监督管理局', '', '', '', pg_temp.day(i)
    from (values ('regulator', '市场监督管理局'), ('council', '消费者委员会'),
        ('association', '行业协会')) bodies (kind, words), generate_series(0, 94) i;
insert into :directory.parties
    select pg_temp.id('enterprise', i), 'enterprise', pg_temp.company(i), '', pg_temp.place(i),
        '福州市鼓楼区', '', '', pg_temp.one(array['零售业', '制造业', '餐饮业'], i),
        '9135' || lpad(i::text, 14, '0'), '福建省', pg_temp.day(i)
    from generate_series(0, :size - 1) i;
insert into :directory.members
    select pg_temp.id('association', pg_temp.nth(95)), pg_temp.id('enterprise', i),
        pg_temp.day(i), null, true, '行业协会', pg_temp.company(i), ''
    from generate_series(0, :size - 1) i;
insert into :directory.people
    select pg_temp.id('person', i), pg_temp.one(array['赵', '钱', '孙', '李', '周', '吴'], i)
        || pg_temp.one(array['建国', '小红', '志强', '丽华', '敏'], i / 6) || i, 'user' || i,
        'active', pg_temp.day(i), pg_temp.id('enterprise', i)
    from generate_series(0, :size - 1) i;
insert into :directory.roles
    select pg_temp.id('person', i),
        case when i % 500 = 0 then pg_temp.id('council', pg_temp.nth(95))
            else pg_temp.id('enterprise', i) end,
        pg_temp.company(i), case when i % 500 = 0 then 'council' else 'enterprise' end,
        'clerk', pg_temp.day(i)
    from generate_series(0, :size - 1) i;

insert into :roles_held.rows
    select row_number() over (order by r.since, r.person), r.person, p.name, r.party, r.party_name,
        r.party_kind, r.role, r.since, '', true
    from :directory.roles r join :directory.people p on p.id = r.person;

insert into :archives.units (id, name, credit_code, address, division, division_name, archive,
        unit_kind, product_class, size, enrolled_on)
    select pg_temp.id('enterprise', i), pg_temp.company(i), '9135' || lpad(i::text, 14, '0'),
        '福建省', pg_temp.place(i), '福州市鼓楼区', pg_temp.id('archive', i)::uuid,
        pg_temp.one(array['producer', 'seller', 'seller', 'seller'], pg_temp.chance(i)),
        pg_temp.one(array['electric_bicycle', 'gas_appliance', 'cable'], pg_temp.chance(-i)), 'small',
        case when i % 10 < 9 then pg_temp.day(i) end
    from generate_series(0, :size - 1) i;
insert into :archives.posts
    select pg_temp.id('post', i), pg_temp.id('enterprise', i / 2), pg_temp.company(i / 2),
        pg_temp.one(array['director', 'officer'], i), i, pg_temp.day(i),
        case when i % 20 = 0 then pg_temp.day(i) + 300 end, '', '', null, pg_temp.place(i / 2)
    from generate_series(0, :size - 1) i;
insert into :archives.checks
    select pg_temp.id('check', i), e.id, e.name, pg_temp.id('regulator', i % 95), '市场监督管理局',
        pg_temp.day(i), i % 3, '', i, pg_temp.place(n.nth)
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 1.5 + 0 * i) as nth) n,
        lateral (select pg_temp.id('enterprise', nth) as id, pg_temp.company(nth) as name) e;
insert into :archives.problems
    select pg_temp.id('problem', i), e.id, e.name, pg_temp.id('check', i), '没有查验合格证',
        pg_temp.day(i), '', '', i % 3 > 0, pg_temp.place(n.nth)
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 1.5 + 0 * i) as nth) n,
        lateral (select pg_temp.id('enterprise', nth) as id, pg_temp.company(nth) as name) e;
insert into :archives.orders
    select pg_temp.id('problem', i), i, pg_temp.day(i) + 5
    from generate_series(0, :size - 1) i where i % 3 > 0;
insert into :archives.sessions
    select pg_temp.id('session', i)::uuid, '质量安全培训' || i, pg_temp.place(i), '福州市鼓楼区',
        '市场监督管理局', pg_temp.day(i), 20, 40
    from generate_series(0, :size - 1) i;
insert into :archives.attendances
    select pg_temp.id('session', i / 20)::uuid, pg_temp.id('enterprise', i % (:size / 2)),
        pg_temp.company(i % (:size / 2)), '质量安全培训', pg_temp.day(i), 2
    from generate_series(0, :size - 1) i;

update :archives.units u set directors = p.directors, officers = p.officers
    from (select enterprise, count(*) filter (where post = 'director' and until is null) directors,
            count(*) filter (where post = 'officer' and until is null) officers
        from :archives.posts group by 1) p where p.enterprise = u.id;
update :archives.units u set checks = c.n
    from (select enterprise, count(*) n from :archives.checks group by 1) c
    where c.enterprise = u.id;
update :archives.units u set problems = b.n, ordered = b.ordered
    from (select enterprise, count(*) n, count(o.problem) ordered from :archives.problems p
        left join :archives.orders o on o.problem = p.id group by 1) b
    where b.enterprise = u.id;

insert into :complaint_register.rows (id, number, state, version, handler, handler_name,
        handler_kind, enterprise, respondent, respondent_address, category, trade, product,
        channel, reference, injury, received_on, accepted_on,
        ended_on, bought_on, claimed, claimed_currency, may_mediate, may_publish, remedy,
        ground, restitution, currency, referred_to, referred_to_name, referred_on, batch, position,
        place)
    select pg_temp.id('complaint', i)::uuid, pg_temp.number('GZ', i),
        case when i % 5 > 0 then 'closed' when i % 1000 = 0 then 'reversed' else pg_temp.one(
            array['received', 'accepted', 'refused', 'mediating', 'agreed', 'terminated'], i / 5)
        end, 5, h.id, '消费者委员会', h.kind,
        case when i % 10 < 6 then pg_temp.id('enterprise', n.nth) else '' end,
        pg_temp.company(n.nth), '福建省福州市鼓楼区五四路1号', 'quality', 'retail',
        pg_temp.one(array['电动自行车', '冰箱', '手机', '运动鞋', '奶粉', '洗衣机'], i / 7)
            || case when i % 2000 = 11 then '水晶吊灯' else '' end,
        'portal', '', i % 100 = 7, pg_temp.day(i), pg_temp.day(i), pg_temp.day(i), '', 120000, 'CNY', true, true,
        case when i % 2 = 0 then 'refund' else '' end,
        case when i % 50 = 1 then 'T2' else '' end, i % 100000, 'CNY',
        case when i % 10 = 3 then pg_temp.id('regulator', pg_temp.nth(95)) else '' end, '',
        case when i % 10 = 3 then pg_temp.day(i) end,
        case when i % 2 = 0 then pg_temp.id('batch', pg_temp.nth(1000)) else '' end, i,
        case when i % 10 < 6 then pg_temp.place(n.nth) else '' end
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b) n,
        lateral (select pg_temp.one(array['council', 'council', 'regulator'], i) as kind) k,
        lateral (select pg_temp.id(k.kind, b) as id, k.kind as kind) h;

insert into :follow_ups.rows (id, number, state, version, regulator, regulator_name,
        enterprise, enterprise_name, source, source_number, matter, complaint, pledge, problem,
        raised_by, raised_by_name, raised_by_kind, opened_on, directives, position, place)
    select pg_temp.id('followup', i)::uuid, pg_temp.number('JD', i),
        case when i % 5 > 0 then 'closed' else pg_temp.one(
            array['opened', 'issued', 'delivered', 'answered', 'passed', 'failed'], i / 5) end,
        5, pg_temp.id('regulator', n.b), '市场监督管理局', pg_temp.id('enterprise', n.nth),
        pg_temp.company(n.nth), pg_temp.one(array['inspection', 'complaint', 'referral'], i),
        case when i % 3 > 0 then pg_temp.number('GZ', i) else '' end, '涉嫌销售不合格产品',
        case when i % 3 > 0 then pg_temp.id('complaint', i) else '' end, '', '',
        case when i % 3 = 2 then pg_temp.id('council', n.b) else '' end, '消费者委员会', 'council',
        pg_temp.day(i), 1, i, pg_temp.place(n.nth)
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b) n;

insert into :obligations.rows
    select pg_temp.id('obligation', i), w.what, 'C8', o.open, d.id, '消费者委员会', d.kind,
        'consumer', '消费者', 'consumer', '作出受理决定', 'decide', pg_temp.day(i),
        case when i % 10 < 9 then pg_temp.day(i) + 400 end,
        case when i % 10 < 9 then pg_temp.day(i) + 400 end, false, null, '', '', 'complaints',
        pg_temp.id('complaint', i), pg_temp.number('GZ', i),
        pg_temp.id('enterprise', n.nth), pg_temp.company(n.nth),
        case when not o.open then pg_temp.day(i) end, '', i
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b) n,
        lateral (select i % 4 = 0 as open) o,
        lateral (select pg_temp.one(array['decision', 'mediation', 'answer', 'result', 'delivery',
            'directive', 'recheck', 'evidence', 'judgement', 'explanation'], i / 4) as what) w,
        lateral (select pg_temp.one(
            array['council', 'council', 'regulator', 'association'], i / 40) as kind) k,
        lateral (select k.kind as kind, pg_temp.id(k.kind, n.b) as id) d;

insert into :pledge_board.rows
    select pg_temp.id('pledge', i)::uuid, pg_temp.number('CN', i), '诚信经营承诺',
        pg_temp.one(array['draft', 'published', 'published', 'published'], i), 2,
        pg_temp.id('association', pg_temp.nth(95)), '行业协会', repeat('先行赔付。', 20), '', '', '',
        pg_temp.day(i), pg_temp.day(i) + 365, pg_temp.day(i), pg_temp.day(i), '', i
    from generate_series(0, :size / 100 - 1) i;
insert into :pledge_board.wordings
    select id, 1, title, text, metric, target, evidence, period_from, period_to, drafted_on, '',
        published_on, '' from :pledge_board.rows ;
insert into :pledge_board.members (id, pledge, number, title, association, association_name,
        enterprise, enterprise_name, state, version, asked, period_from, period_to, signed_on,
        evidence, breaches, position)
    select pg_temp.id('signed', i)::uuid, pg_temp.id('pledge', n.p), pg_temp.number('CN', n.p),
        '诚信经营承诺', pg_temp.id('association', n.b), '行业协会',
        pg_temp.id('enterprise', n.nth), pg_temp.company(n.nth),
        pg_temp.one(array['active', 'active', 'evidence', 'met', 'met', 'not_met', 'withdrawn'], i),
        2, case when i % 50 = 0 then 'questioned' else '' end, pg_temp.day(i),
        pg_temp.day(i) + 365, pg_temp.day(i), 1, 0, i
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b,
            pg_temp.nth(:size / 100, 1.5 + 0 * i) as p) n;
insert into :pledge_board.breaches
    select pg_temp.id('signed', i)::uuid, pg_temp.number('JD', i), 'complaint', pg_temp.day(i),
        pg_temp.number('CN', i), '诚信经营承诺', pg_temp.id('association', pg_temp.nth(95)),
        pg_temp.id('enterprise', i), pg_temp.company(i), i % 20 > 0, i
    from generate_series(0, :size - 1) i;
insert into :pledge_board.roster
    select association, enterprise from :directory.members ;

insert into :imports.rows (id, number, state, version, file, file_hash, mapping, subject, rows,
        party, party_name, person_name, begun_on, position)
    select pg_temp.id('batch', i)::uuid, pg_temp.number('IM', i), 'finished', 2, '投诉登记表.xlsx',
        '', '', 'complaints', 1000, pg_temp.id('council', pg_temp.nth(95)), '消费者委员会', '赵敏',
        pg_temp.day(i), i
    from generate_series(0, :size - 1) i;

insert into :trail.rows
    select i, pg_temp.id('complaint', i / 8)::uuid, i % 8, s.subject, s.topic,
        pg_temp.number('GZ', i / 8), pg_temp.id('enterprise', n.nth), p.id, p.name, p.kind,
        pg_temp.id('person', p.nth * 10 + i % 10), '赵敏', 'clerk', 'portal', '', pg_temp.day(i), timestamptz '2026-11-20' - (:size - i) * '1 s'::interval,
        '', '', '消费者委员会受理了投诉：符合受理条件', 'The council accepted the complaint'
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b) n,
        lateral (select pg_temp.one(array['complaints', 'complaints', 'complaints', 'enforcement',
            'pledges', 'archives'], i) as subject,
            pg_temp.one(array['complaint-accepted', 'complaint-closed', 'complaint-registered',
            'directive-issued', 'pledge-signed', 'check-made'], i) as topic) s,
        lateral (select pg_temp.id('council', n.b) as id,
            pg_temp.place(n.b) || '消费者委员会' || n.b as name, 'council' as kind, n.b as nth) p;

insert into :trail.names
    select distinct 'party', party, party_name from :trail.rows
    union all select distinct 'person', person, person_name from :trail.rows;

insert into :tracking.rows
    select pg_temp.id('complaint', i)::uuid, pg_temp.number('GZ', i), 'closed', 5, '消费者委员会',
        'council', pg_temp.day(i), pg_temp.day(i), pg_temp.day(i), true, i, now(), i
    from generate_series(0, :size - 1) i;
insert into :tracking.milestones
    select pg_temp.id('complaint', i / 4)::uuid, i % 4, 'complaint-accepted', pg_temp.day(i),
        'council', '消费者委员会', '', '', null, '', i
    from generate_series(0, :size - 1) i;
insert into :tracking.followups
    select pg_temp.id('followup', i)::uuid, pg_temp.id('complaint', i)
    from generate_series(0, :size - 1) i;

insert into :reads.rows
    select i, 0, pg_temp.id('person', p.nth * 10 + i % 10), '赵敏', p.id, '消费者委员会', 'council',
        'clerk', 'complaint', pg_temp.id('complaint', i / 8), pg_temp.number('GZ', i / 8), 'handling', '',
        timestamptz '2026-11-20' - (:size - i) * '1 s'::interval
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(95, 3 + 0 * i) as nth) n,
        lateral (select pg_temp.id('council', n.nth) as id, n.nth as nth) p;

insert into :security.rows
    select i, 0, case when i % 20 = 0 then 'rights' when i % 500 = 1 then 'keys' else 'refused' end,
        timestamptz '2026-11-20' - (:size - i) * '1 s'::interval,
        case when i % 3 = 0 then pg_temp.id('person', i % 1000) else '' end, 1 + i % 7, '', 'mark',
        'mark', 'password', '登录失败', 'sign-in refused'
    from generate_series(0, :size - 1) i;

insert into :directory.invitations
    select pg_temp.id('invitation', i)::uuid, pg_temp.id('council', pg_temp.nth(95)), '消费者委员会',
        'council', 'clerk', 'accepted', pg_temp.day(i), i
    from generate_series(0, :size - 1) i;

insert into :enquiries.rows (id, number, state, version, handler, handler_name, handler_kind,
        submission, reference, channel, asked_on, asked_hour, answered_on, answered_hour,
        recorded_at, question, batch, answer_batch, online, position, officer, officer_name)
    select pg_temp.id('enquiry', i)::uuid, pg_temp.number('ZX', i),
        pg_temp.one(array['answered', 'answered', 'answered', 'asked'], i), 2, h.id, '',
        'regulator', '',
        case when i % 2 = 0 then 'LX-' || i else '' end,
        pg_temp.one(array['import', 'counter'], i), pg_temp.day(i), '',
        case when i % 4 < 3 then pg_temp.day(i) + 5 end, '', now(), i,
        case when i % 2 = 0 then pg_temp.id('batch', pg_temp.nth(1000)) else '' end, '', false, i,
        case when i % 4 = 3 then pg_temp.id('person', i % 1000) else '' end, ''
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.id('regulator', pg_temp.nth(95, 3 + 0 * i)) as id) h;

insert into :instruments.rows
    select pg_temp.id('instrument', i)::uuid, w.what,
        case w.what when 'warning' then 'tip' when 'proposal' then 'problem' else '' end,
        pg_temp.number('JY', i),
        case w.what when 'warning' then pg_temp.one(array['published', 'draft', 'withdrawn'], i / 3)
            when 'proposal' then pg_temp.one(array['answered', 'answered', 'sent'], i / 3)
            else pg_temp.one(array['held', 'promised', 'kept'], i / 3) end, 2,
        pg_temp.id('council', n.b), '消费者委员会', '充电器安全', repeat('请看认证标志。', 20), '', '',
        case when w.what = 'proposal' then pg_temp.id('regulator', n.b) else '' end,
        case when w.what = 'proposal' then '市场监督管理局' else '' end, 'regulator', '', null, '', '',
        0, pg_temp.day(i), null, i
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.one(array['warning', 'interview', 'proposal'], i) as what) w,
        lateral (select pg_temp.nth(95, 3 + 0 * i) as b) n;

insert into :comparisons.rows
    select pg_temp.id('comparison', i)::uuid, 1, pg_temp.number('BJ', i),
        pg_temp.id('council', pg_temp.nth(95, 3 + 0 * i)), '消费者委员会', '充电器比较', '充电器',
        'GB 42296-2022', '检验院', pg_temp.day(i), '网上购买', '', '', i % 4 < 3,
        case when i % 4 < 3 then pg_temp.day(i) end, 12, null, '', i
    from generate_series(0, :size - 1) i;
insert into :comparisons.asked
    select pg_temp.id('comparison', i)::uuid, 1, pg_temp.id('enterprise', pg_temp.nth(9000, 3 + 0 * i)),
        '企业', pg_temp.number('BJ', i), '消费者委员会', '充电器比较', pg_temp.day(i),
        pg_temp.day(i) + 15, i % 4 = 3, '', null, i
    from generate_series(0, :size - 1) i;

insert into :reports.rows (id, number, state, version, handler, handler_name, informant,
        informant_number, anonymous, respondent, respondent_address, reported, reported_name,
        category, product, danger, reward_wanted, channel, submission, received_on, since,
        position, place, officer, officer_name)
    select pg_temp.id('report', i)::uuid, pg_temp.number('JB', i),
        pg_temp.one(array['received', 'verifying', 'filed', 'closed', 'closed', 'closed'], i), 3,
        pg_temp.id('regulator', n.b), '市场监督管理局', pg_temp.id('informant', i)::uuid, i,
        i % 4 = 0, pg_temp.company(n.nth), '',
        case when i % 10 < 6 then pg_temp.id('enterprise', n.nth) else '' end,
        case when i % 10 < 6 then pg_temp.company(n.nth) else '' end, 'quality', '充电器',
        i % 50 = 0, false, 'portal', '', pg_temp.day(i), pg_temp.day(i), i,
        case when i % 10 < 6 then pg_temp.place(n.nth) else '' end,
        case when i % 4 = 3 then pg_temp.id('person', i % 1000) else '' end, ''
    from generate_series(0, :size - 1) i,
        lateral (select pg_temp.nth(:size, 3 + 0 * i) as nth, pg_temp.nth(95, 3 + 0 * i) as b) n;

insert into :reports.unmasked (position, report, number, handler, handler_name, person,
        person_name, role, ground, reason, at)
    select i, pg_temp.id('report', i)::uuid, pg_temp.number('JB', i), pg_temp.id('regulator', 0),
        '市场监督管理局', pg_temp.id('person', i), '赵敏', 'clerk', 'verify', '核查需要', now()
    from generate_series(0, :size / 100) i;

-- Few cases are restricted, of those a body sees some; offers wait for few.
insert into :relations.restricted
    select pg_temp.id('complaint', i * 97)::uuid, pg_temp.id('council', i % 95), '消费者委员会',
        'complaint', pg_temp.number('GZ', i * 97), pg_temp.day(i * 97), i
    from generate_series(0, :size / 97 - 1) i;
insert into :relations.rows
    select pg_temp.id('complaint', i)::uuid, pg_temp.id('council', p.nth), '消费者委员会', 'council',
        'complaint', pg_temp.number('GZ', i), case when i % 3 = 0 then '' else 'reader' end,
        case when i % 3 = 0 then 'reader' else '' end, '', '市场监督管理局', '赵敏', pg_temp.day(i), i
    from generate_series(0, :size - 1) i, lateral (select pg_temp.nth(95, 3 + 0 * i) as nth) p;

-- Every enterprise's figures were told by some body, half of them are published; each has notices.
insert into :enterprise_figures.rows (id, version, state, body, body_name, body_kind, enterprise,
        enterprise_name, month, months, method, upto, sha256, figures, comment_by, told_on,
        published_on, comment, comment_on, comment_edition, position)
    select pg_temp.id('figures', i)::uuid, 3, case when i % 2 = 0 then 'published' else 'told' end,
        pg_temp.id('council', pg_temp.nth(95)), '消费者委员会', 'council',
        pg_temp.id('enterprise', i % (:size / 2)), pg_temp.company(i % (:size / 2)),
        to_char(pg_temp.day(i), 'YYYY-MM'), 12, 2, i, repeat('0', 64), '{"received":0,"groups":{}}',
        pg_temp.day(i) + 10, pg_temp.day(i), case when i % 2 = 0 then pg_temp.day(i) + 11 end,
        '已经改进', pg_temp.day(i) + 5, 1, i
    from generate_series(0, :size - 1) i;
insert into :notices.rows (id, party, number, record_kind, record, about, told_on, seen_on,
        position, owed, warns, over_on)
    select pg_temp.id('notice', i)::uuid, pg_temp.id('regulator', pg_temp.nth(95)),
        pg_temp.number('JD', i), 'follow-up', pg_temp.id('followup', i), i, pg_temp.day(i),
        case when i % 3 = 0 then pg_temp.day(i) end, i, 'recheck', true,
        case when i % 3 = 1 then pg_temp.day(i) end
    from generate_series(0, :size - 1) i;
insert into :comments.rows (record, edition, state, written_on, position)
    select pg_temp.id('complaint', i * 10)::uuid, 1, 'shown', pg_temp.day(i), i
    from generate_series(0, :size / 10 - 1) i
