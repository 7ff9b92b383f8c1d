terraform {
  required_providers {
    docker = {
      source  = "kreuzwerker/docker"
      version = ">= 3.6.2, < 5.0.0"
    }
  }
}

provider "docker" {
  host = "ssh://ubuntu@10.0.2.15:22"
}

provider "docker" {
  alias = "other"
  host  = "ssh://ubuntu@10.0.2.16:22"
}

resource "docker_image" "web" {
  name         = "registry.example.com/lab/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  keep_locally = true
}

resource "docker_image" "tagged" {
  name = "registry.example.com/lab/job:1.0"
}

resource "docker_network" "lab" {
  name = "lab"
  ipam_config {
    subnet  = "10.90.0.0/24"
    gateway = "10.90.0.1"
  }
  labels {
    label = "kakehashi:entry"
    value = "dev"
  }
}

resource "docker_volume" "data" {
  name = "data"
  labels {
    label = "kakehashi:entry"
    value = "dev"
  }
}

resource "docker_container" "web" {
  name        = "web"
  image       = docker_image.web.image_id
  restart     = "unless-stopped"
  env         = ["A=1", "B=2"]
  memory      = 128
  memory_swap = 256
  cpu_shares  = 256
  wait        = true

  ports {
    internal = 443
    external = 8443
  }
  ports {
    internal = 80
    external = 8080
    ip       = "10.0.2.15"
  }
  volumes {
    volume_name    = docker_volume.data.name
    container_path = "/data"
  }
  mounts {
    type   = "bind"
    source = "/opt/config"
    target = "/config"
  }
  networks_advanced {
    name         = docker_network.lab.name
    aliases      = ["www"]
    ipv4_address = "10.90.0.10"
  }
  healthcheck {
    test     = ["CMD", "curl", "-f", "http://localhost/"]
    interval = "10s"
    retries  = 3
  }
  labels {
    label = "kakehashi:entry"
    value = "dev"
  }
  ulimit {
    name = "nofile"
    soft = 1024
    hard = 2048
  }
}

# An image that somebody has loaded on the other host.
resource "docker_container" "node" {
  provider     = docker.other
  name         = "web"
  image        = "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
  network_mode = "host"
  privileged   = true
}

resource "docker_container" "job" {
  name     = "job"
  image    = docker_image.tagged.name
  command  = ["sh", "-c", "exit 3"]
  must_run = false
}

data "docker_network" "bridge" {
  name = "bridge"
}

data "docker_image" "web" {
  name = docker_image.web.name
}

data "docker_registry_image" "job" {
  name = "registry.example.com/lab/job:1.0"
}

output "bridge" {
  value = data.docker_network.bridge.ipam_config
}

output "digests" {
  value = [data.docker_image.web.repo_digest, docker_image.tagged.repo_digest, data.docker_registry_image.job.sha256_digest]
}

output "exit_code" {
  value = docker_container.job.exit_code
}

output "address" {
  value = docker_container.web.network_data[0].ip_address
}
