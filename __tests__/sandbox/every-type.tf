terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}
provider "aws" {
  region              = "ap-northeast-1"
  allowed_account_ids = ["111122223333"]
  assume_role { role_arn = "arn:aws:iam::111122223333:role/x" }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
  default_tags {
    tags = {
      a = "b"
      c = "d"
    }
  }
}
data "aws_availability_zones" "z" { state = "available" }
data "aws_caller_identity" "me" {}
data "aws_region" "r" { provider = aws.west }
data "aws_partition" "p" {}
resource "aws_vpc" "main" {
  cidr_block           = "172.30.0.0/16"
  enable_dns_hostnames = true
  tags = {
    Name              = "VC"
    "kakehashi:entry" = "dev/aws/default"
  }
}
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "172.30.1.0/24"
  availability_zone = data.aws_availability_zones.z.names[0]
}
resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "172.30.2.0/24"
  availability_zone = data.aws_availability_zones.z.names[0]
  tags              = { "kakehashi:entry" = "dev/aws/default" }
}
resource "aws_internet_gateway" "igw" { vpc_id = aws_vpc.main.id }
resource "aws_eip" "nat" { vpc = true }
resource "aws_eip" "nat2" { domain = "vpc" }
resource "aws_nat_gateway" "nat" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
  depends_on    = [aws_internet_gateway.igw]
}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.igw.id
  }
}
resource "aws_route_table" "private" {
  vpc_id           = aws_vpc.main.id
  propagating_vgws = [aws_vpn_gateway.g.id]
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.nat.id
  }
}
resource "aws_route_table" "third" { vpc_id = aws_vpc.main.id }
resource "aws_route" "r" {
  route_table_id         = aws_route_table.third.id
  destination_cidr_block = "10.9.0.0/16"
  gateway_id             = aws_vpn_gateway.g.id
}
resource "aws_vpn_gateway_route_propagation" "p" {
  route_table_id = aws_route_table.third.id
  vpn_gateway_id = aws_vpn_gateway.g.id
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}
resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.main.id
  route_table_id = aws_route_table.private.id
}
resource "aws_default_security_group" "d" { vpc_id = aws_vpc.main.id }
resource "aws_security_group" "sg" {
  name   = "vc"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["10.0.2.0/24"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    self        = true
    description = "x"
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "sg2" {
  name_prefix = "two-"
  vpc_id      = aws_vpc.main.id
}
resource "aws_security_group" "sg3" { vpc_id = aws_vpc.main.id }
resource "aws_vpc_security_group_ingress_rule" "i" {
  security_group_id = aws_security_group.sg2.id
  cidr_ipv4         = "10.0.0.0/8"
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  description       = "ssh"
  tags              = { x = "y" }
}
resource "aws_vpc_security_group_ingress_rule" "i2" {
  security_group_id            = aws_security_group.sg2.id
  referenced_security_group_id = aws_security_group.sg2.id
  ip_protocol                  = "-1"
}
resource "aws_vpc_security_group_egress_rule" "e" {
  security_group_id = aws_security_group.sg2.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
resource "aws_security_group_rule" "old" {
  security_group_id = aws_security_group.sg3.id
  type              = "ingress"
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_security_group_rule" "self" {
  security_group_id = aws_security_group.sg3.id
  type              = "ingress"
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
  self              = true
}
resource "aws_vpn_gateway" "g" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "g" }
}
resource "aws_customer_gateway" "c" {
  ip_address  = "198.51.100.10"
  bgp_asn     = 65000
  type        = "ipsec.1"
  device_name = "dev-aws-default"
}
resource "aws_vpn_connection" "n" {
  vpn_gateway_id                       = aws_vpn_gateway.g.id
  customer_gateway_id                  = aws_customer_gateway.c.id
  type                                 = "ipsec.1"
  static_routes_only                   = true
  tunnel1_inside_cidr                  = "169.254.100.0/30"
  tunnel2_inside_cidr                  = "169.254.100.4/30"
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_phase1_dh_group_numbers      = [20]
  tunnel1_phase1_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_startup_action               = "add"
  tunnel1_log_options {
    cloudwatch_log_options {
      log_enabled       = true
      log_group_arn     = aws_cloudwatch_log_group.l.arn
      log_output_format = "json"
    }
  }
}
resource "aws_vpn_connection_route" "r" {
  vpn_connection_id      = aws_vpn_connection.n.id
  destination_cidr_block = "10.0.2.0/24"
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "/aws/vendedlogs/x"
  retention_in_days = 30
}
data "aws_iam_policy_document" "a" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "r" {
  name_prefix        = "flow-"
  assume_role_policy = data.aws_iam_policy_document.a.json
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_flow_log" "f" {
  vpc_id          = aws_vpc.main.id
  iam_role_arn    = aws_iam_role.r.arn
  log_destination = aws_cloudwatch_log_group.l.arn
  traffic_type    = "ALL"
}
resource "aws_vpc" "west" {
  provider   = aws.west
  cidr_block = "10.1.0.0/16"
  tags       = { a = "b" }
}
resource "aws_vpn_gateway" "gw" {
  provider = aws.west
}
resource "aws_vpn_gateway_attachment" "at" {
  provider       = aws.west
  vpn_gateway_id = aws_vpn_gateway.gw.id
  vpc_id         = aws_vpc.west.id
}
data "aws_subnets" "s" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
  depends_on = [aws_subnet.public, aws_subnet.private]
}
data "aws_subnet" "byid" { id = aws_subnet.private.id }
data "aws_subnet" "s" {
  filter {
    name   = "tag:kakehashi:entry"
    values = ["dev/aws/default"]
  }
  depends_on = [aws_subnet.private]
}
data "aws_vpn_gateway" "g" {
  attached_vpc_id = aws_vpc.main.id
  depends_on      = [aws_vpn_gateway.g]
}
data "aws_route_table" "rt" { subnet_id = aws_route_table_association.public.subnet_id }
data "aws_security_group" "sg" {
  vpc_id     = aws_vpc.main.id
  name       = "vc"
  depends_on = [aws_security_group.sg]
}
data "aws_vpc" "v" {
  tags       = { Name = "VC" }
  depends_on = [aws_vpc.main]
}
output "o" { value = { zones = data.aws_availability_zones.z.names, me = data.aws_caller_identity.me.account_id, r = data.aws_region.r.name, s = data.aws_subnets.s.ids, one = data.aws_subnet.s.id, p = data.aws_iam_policy_document.a.json, rt = data.aws_route_table.rt.routes } }

resource "aws_vpc_dhcp_options" "o" {
  domain_name_servers = ["10.0.2.53"]
}
resource "aws_vpc_dhcp_options_association" "o" {
  vpc_id          = aws_vpc.main.id
  dhcp_options_id = aws_vpc_dhcp_options.o.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.ap-northeast-1.s3"
}

resource "aws_route53_resolver_endpoint" "site" {
  direction          = "OUTBOUND"
  security_group_ids = [aws_security_group.sg.id]
  ip_address { subnet_id = aws_subnet.private.id }
  ip_address { subnet_id = aws_subnet.public.id }
}
resource "aws_route53_resolver_rule" "site" {
  domain_name          = "corp.example.org"
  rule_type            = "FORWARD"
  resolver_endpoint_id = aws_route53_resolver_endpoint.site.id
  target_ip { ip = "10.0.2.53" }
}
resource "aws_route53_resolver_rule_association" "site" {
  resolver_rule_id = aws_route53_resolver_rule.site.id
  vpc_id           = aws_vpc.main.id
}

resource "aws_ec2_transit_gateway" "hub" {
  amazon_side_asn                 = 64520
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
  tags                            = { Name = "hub" }
}
resource "aws_ec2_transit_gateway_route_table" "dev" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  tags               = { Name = "dev" }
}
resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.private.id]
}
resource "aws_vpn_connection" "hub" {
  transit_gateway_id  = aws_ec2_transit_gateway.hub.id
  customer_gateway_id = aws_customer_gateway.c.id
  type                = "ipsec.1"
  static_routes_only  = true
  enable_acceleration = true
}
resource "aws_ec2_transit_gateway_route_table_association" "vpn" {
  transit_gateway_attachment_id  = aws_vpn_connection.hub.transit_gateway_attachment_id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.dev.id
}
resource "aws_ec2_transit_gateway_route_table_association" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.dev.id
}
resource "aws_ec2_transit_gateway_route_table_propagation" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.dev.id
}
resource "aws_ec2_transit_gateway_route" "site" {
  destination_cidr_block         = "10.0.2.0/24"
  transit_gateway_attachment_id  = aws_vpn_connection.hub.transit_gateway_attachment_id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.dev.id
}
resource "aws_route" "site" {
  route_table_id         = aws_route_table.third.id
  destination_cidr_block = "10.0.2.0/24"
  transit_gateway_id     = aws_ec2_transit_gateway_vpc_attachment.main.transit_gateway_id
}
resource "aws_ram_resource_share" "hub" { name = "hub" }
resource "aws_ram_resource_association" "hub" {
  resource_arn       = aws_ec2_transit_gateway.hub.arn
  resource_share_arn = aws_ram_resource_share.hub.arn
}
resource "aws_ram_principal_association" "other" {
  principal          = "444455556666"
  resource_share_arn = aws_ram_resource_share.hub.arn
}
data "aws_ec2_transit_gateway" "hub" {
  filter {
    name   = "options.amazon-side-asn"
    values = ["64520"]
  }
  depends_on = [aws_ec2_transit_gateway.hub]
}
data "aws_ec2_transit_gateway_route_table" "dev" {
  filter {
    name   = "transit-gateway-id"
    values = [data.aws_ec2_transit_gateway.hub.id]
  }
  depends_on = [aws_ec2_transit_gateway_route_table.dev]
}
data "aws_ec2_transit_gateway_vpn_attachment" "site" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpn_connection_id  = aws_vpn_connection.hub.id
}

data "aws_ssm_parameter" "ubuntu" {
  name = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
}
data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
  filter {
    name   = "architecture"
    values = ["x86_64"]
  }
  filter {
    name   = "name"
    values = ["ubuntu/images/*-24.04-*"]
  }
}
resource "aws_key_pair" "node" {
  key_name   = "node"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody@example.org"
}
resource "aws_iam_role" "node" {
  name = "node"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["ec2.amazonaws.com", "scheduler.amazonaws.com"] }
    }]
  })
}
resource "aws_iam_role_policy_attachment" "ssm" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
resource "aws_iam_instance_profile" "node" {
  name = "node"
  role = aws_iam_role.node.name
}
resource "aws_placement_group" "near" {
  name     = "near"
  strategy = "cluster"
}
resource "aws_network_interface" "card" {
  subnet_id       = aws_subnet.private.id
  security_groups = [aws_security_group.sg.id]
}
resource "aws_instance" "node" {
  ami                                  = data.aws_ssm_parameter.ubuntu.insecure_value
  instance_type                        = "m7i.large"
  subnet_id                            = aws_subnet.private.id
  private_ip                           = "172.30.2.10"
  vpc_security_group_ids               = [aws_security_group.sg.id]
  key_name                             = aws_key_pair.node.key_name
  iam_instance_profile                 = aws_iam_instance_profile.node.name
  placement_group                      = aws_placement_group.near.name
  instance_initiated_shutdown_behavior = "terminate"
  user_data_base64                     = base64encode("#!/bin/sh\n")
  user_data_replace_on_change          = true
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  root_block_device {
    volume_size = 16
    volume_type = "gp3"
    encrypted   = true
  }
  tags = { Name = "n1" }
}
resource "aws_instance" "spot" {
  ami           = data.aws_ami.ubuntu.id
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.private.id
  user_data     = "#!/bin/sh\n"
  instance_market_options {
    market_type = "spot"
    spot_options {
      instance_interruption_behavior = "terminate"
      spot_instance_type             = "one-time"
    }
  }
}
resource "aws_ebs_volume" "data" {
  availability_zone = aws_subnet.private.availability_zone
  size              = 10
  type              = "gp3"
  encrypted         = true
}
resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.node.id
}
resource "aws_launch_template" "node" {
  name_prefix            = "node-"
  image_id               = data.aws_ami.ubuntu.id
  instance_type          = "m7i.large"
  vpc_security_group_ids = [aws_security_group.sg.id]
  user_data              = base64encode("#!/bin/sh\n")
  iam_instance_profile { arn = aws_iam_instance_profile.node.arn }
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 16
      volume_type = "gp3"
      encrypted   = "true"
    }
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "elastic" }
  }
}
resource "aws_autoscaling_group" "elastic" {
  name                = "elastic"
  min_size            = 0
  max_size            = 3
  desired_capacity    = 2
  vpc_zone_identifier = [aws_subnet.private.id]
  suspended_processes = ["AZRebalance"]
  capacity_rebalance  = true
  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 0
      on_demand_percentage_above_base_capacity = 0
      spot_allocation_strategy                 = "price-capacity-optimized"
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.node.id
        version            = "$Latest"
      }
      override { instance_type = "m7i.large" }
      override { instance_type = "m6i.large" }
    }
  }
  tag {
    key                 = "kakehashi:entry"
    value               = "dev/elastic"
    propagate_at_launch = true
  }
}
resource "aws_autoscaling_group" "plain" {
  name_prefix         = "plain-"
  min_size            = 0
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.private.id]
  launch_template { id = aws_launch_template.node.id }
}
resource "aws_autoscaling_schedule" "end" {
  scheduled_action_name  = "end"
  autoscaling_group_name = aws_autoscaling_group.elastic.name
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
  start_time             = "2099-01-01T00:00:00Z"
}
resource "aws_autoscaling_schedule" "other" {
  scheduled_action_name  = "end"
  autoscaling_group_name = aws_autoscaling_group.plain.name
  max_size               = 0
  start_time             = "2099-01-01T00:00:00Z"
}
resource "aws_scheduler_schedule_group" "leases" { name = "leases" }
resource "aws_scheduler_schedule" "end" {
  name                = "end"
  group_name          = aws_scheduler_schedule_group.leases.name
  schedule_expression = "at(2099-01-01T00:00:00)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:ec2:terminateInstances"
    role_arn = aws_iam_role.node.arn
    input    = jsonencode({ InstanceIds = [aws_instance.node.id] })
  }
}
resource "aws_s3_bucket" "files" { bucket_prefix = "files-" }
resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
    bucket_key_enabled = true
  }
}
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_ownership_controls" "files" {
  bucket = aws_s3_bucket.files.id
  rule { object_ownership = "BucketOwnerEnforced" }
}
resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
resource "aws_s3_object" "file" {
  bucket     = aws_s3_bucket.files.id
  key        = "a/b"
  content    = "hello"
  depends_on = [aws_s3_bucket_versioning.files, aws_s3_bucket_server_side_encryption_configuration.files]
}
resource "aws_secretsmanager_secret" "token" {
  name                    = "token"
  recovery_window_in_days = 0
}
resource "aws_secretsmanager_secret_version" "token" {
  secret_id                = aws_secretsmanager_secret.token.id
  secret_string_wo         = "secret"
  secret_string_wo_version = 1
}
data "aws_instance" "node" { instance_id = aws_instance.node.id }
data "aws_instances" "elastic" {
  instance_tags = { "aws:autoscaling:groupName" = aws_autoscaling_group.elastic.name }
}
data "aws_autoscaling_group" "elastic" { name = aws_autoscaling_group.elastic.name }
output "nodes" { value = { one = data.aws_instance.node.private_ip, elastic = data.aws_instances.elastic.private_ips, size = data.aws_autoscaling_group.elastic.desired_capacity } }
