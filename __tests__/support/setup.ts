// Terraform and cdktf-cli must not try the network, and a missing CLI configuration must not add warnings.
process.env.CHECKPOINT_DISABLE = '1';
delete process.env.TF_CLI_CONFIG_FILE;
